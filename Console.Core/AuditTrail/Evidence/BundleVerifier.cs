using OpsConsole.Core.AuditTrail.Native;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// Checks a bundle with nothing else at hand: no database, no network (docs/audit-trail.md, "Evidence"). It believes the keys that it is given, or says
/// that there were none.
/// </summary>
public static class BundleVerifier
{
    /// <summary>Checks a zip, or the folder that somebody unpacked it into.</summary>
    /// <param name="path">File or folder.</param>
    /// <param name="trust">Whom the reader believes.</param>
    /// <param name="progress">Called now and then with the leaves that were read and their number.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="IOException">The bundle cannot be read at all: it is not there, is no file, or the disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static BundleVerdict Verify(string path, BundleTrust trust, Action<EvidenceProgress>? progress, CancellationToken cancellationToken)
    {
        if (FileNature.OtherThanFile(path) is { } other)
        {
            throw new IOException($"'{path}' is {other}. A bundle is read in more than one place at once: save it as a file first.");
        }

        try
        {
            using IBundleFiles files = Directory.Exists(path) ? new BundleFolder(path) : new BundleZip(path);
            return new BundleCheck(files, trust, progress ?? (static _ => { }), cancellationToken).Run();
        }
        catch (BundleException e)
        {
            return new BundleVerdict
            {
                Problems = [new BundleProblem(e.Message, e.FileName)],
                KeysCameWithIt = trust.Log.Count == 0,
                Verified = [],
                NotVerified = ["Nothing: the bundle cannot be read."],
            };
        }
    }

    /// <summary>Keys of a text, one a line.</summary>
    /// <param name="text">The file.</param>
    /// <param name="keys">The keys.</param>
    /// <returns>Null when all lines are keys; else a sentence.</returns>
    internal static string? ReadKeys(string text, out List<VerifierKey> keys)
    {
        keys = [];
        foreach (var line in text.Split('\n')[..^1])
        {
            if (!VerifierKey.TryParse(line, out var key, out var problem))
            {
                return problem;
            }

            keys.Add(key);
        }

        return text.EndsWith('\n') || text.Length == 0 ? null : "Its last line does not end in a newline.";
    }
}
