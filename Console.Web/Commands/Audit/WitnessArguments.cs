using System.Globalization;
using System.Net;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>The arguments of <c>audit witness</c>, checked.</summary>
/// <param name="Listen">Where to listen, with the prefix of the addresses.</param>
/// <param name="Address">The same as a socket address.</param>
/// <param name="State">Folder of the witness's memory.</param>
/// <param name="KeyFile">File of its private keys.</param>
/// <param name="Name">Name of a key that is made.</param>
/// <param name="Logs">Keys of the logs it watches.</param>
internal sealed record WitnessArguments(Uri Listen, IPEndPoint Address, string State, string KeyFile, string Name, IReadOnlyList<VerifierKey> Logs)
{
    /// <summary>Checks what was typed: arguments, or every mistake in it.</summary>
    public static (WitnessArguments? Arguments, IReadOnlyList<string> Mistakes) Check(RawWitnessArguments raw)
    {
        var mistakes = new List<string>();
        IPEndPoint? address = null;
        if (!Uri.TryCreate(raw.Listen, UriKind.Absolute, out var listen) || listen.Scheme != Uri.UriSchemeHttp || listen.Query.Length > 0 || listen.Fragment.Length > 0
            || !TryAddress(listen, out address))
        {
            mistakes.Add($"--listen '{raw.Listen}' is not usable. Legal: http://IP:PORT or http://localhost:PORT, with a path if you like; put TLS in front of it.");
        }

        Required("--state", "DIR", raw.State, mistakes);
        Required("--key", "FILE", raw.Key, mistakes);
        if (KeyName.Problem(raw.Name) is { } problem)
        {
            mistakes.Add($"--name '{raw.Name}' is not usable: {problem}");
        }

        var logs = ReadLogs(raw, mistakes);
        return mistakes.Count > 0 ? (null, mistakes) : (new WitnessArguments(listen!, address!, raw.State!, raw.Key!, raw.Name, logs), []);
    }

    private static List<VerifierKey> ReadLogs(RawWitnessArguments raw, List<string> mistakes)
    {
        var before = mistakes.Count;
        var logs = new List<VerifierKey>();
        foreach (var text in raw.Logs)
        {
            if (VerifierKey.TryParse(text, out var key, out var problem))
            {
                logs.Add(key);
            }
            else
            {
                mistakes.Add($"--log '{text}': {problem}");
            }
        }

        if (raw.Policy is { Length: > 0 })
        {
            try
            {
                if (WitnessPolicy.TryParse(File.ReadAllBytes(raw.Policy), out var policy, out var problem))
                {
                    logs.AddRange(policy.Logs.Select(static l => l.Key));
                }
                else
                {
                    mistakes.Add($"--policy {raw.Policy}: {problem}");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                mistakes.Add($"--policy {raw.Policy} cannot be read: {e.Message}");
            }
        }

        if (logs.Count == 0 && mistakes.Count == before)
        {
            mistakes.Add("No log to watch. Name at least one with --log VKEY, or a policy file with log lines with --policy FILE.");
        }

        return [.. logs.Distinct()];
    }

    private static bool TryAddress(Uri listen, out IPEndPoint? address)
    {
        var host = listen.Host.Trim('[', ']');
        address = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? new IPEndPoint(IPAddress.Loopback, listen.Port)
            : IPAddress.TryParse(host, out var ip) ? new IPEndPoint(ip, listen.Port)
            : null;
        return address is not null;
    }

    private static void Required(string option, string value, string? given, List<string> mistakes)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{option} {value} is missing."));
        }
    }
}
