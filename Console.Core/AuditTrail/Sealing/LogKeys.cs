using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>The private keys of the log. All of them sign: several are a rotation.</summary>
public sealed class LogKeys
{
    /// <summary>Keys of one log.</summary>
    /// <param name="origin">Name of the log.</param>
    /// <param name="keys">At least one; all of this name.</param>
    /// <exception cref="KeyFileException">A key is of another log.</exception>
    public LogKeys(string origin, IReadOnlyList<SigningKey> keys)
    {
        if (keys.FirstOrDefault(key => !string.Equals(key.Name, origin, StringComparison.Ordinal)) is { } stranger)
        {
            throw new KeyFileException($"The key file holds a key of the log '{stranger.Name}', and this log is '{origin}'. Set OpsConsole:Audit:Origin to the name of the key, or use another key file.");
        }

        Origin = origin;
        Signers = [.. keys.Select(static key => key.AsLog())];
    }

    /// <summary>Name of the log, and of its keys.</summary>
    public string Origin { get; }

    /// <summary>What signs.</summary>
    public IReadOnlyList<ISigner> Signers { get; }

    /// <summary>What others verify with, the newest first.</summary>
    public IReadOnlyList<VerifierKey> VerifierKeys => [.. Signers.Select(static signer => signer.Key)];

    /// <summary>Reads the key file; at the first start, makes it.</summary>
    /// <exception cref="KeyFileException">It cannot be used, and why.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public static LogKeys Open(string path, string origin) => new(origin, SigningKeyFile.ReadOrCreate(path, origin));
}
