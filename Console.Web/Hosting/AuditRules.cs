using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Web.Hosting;

/// <summary>What the settings of anchors and witnesses must satisfy, and what they mean.</summary>
public static partial class AuditRules
{
    private const string LegalWitness = "Legal: an http(s) address and a verifier key (name+hash+key, of a cosigner) for each witness, such as https://witness.example.com/ops witness.example.com/ops+1a2b3c4d+BAbC….";

    /// <summary>All failures of the section.</summary>
    public static IEnumerable<string> Check(AuditSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var folder in settings.AnchorFolders.Where(static f => File.Exists(f) || f.Length == 0))
        {
            yield return $"OpsConsole:Audit:AnchorFolders has '{folder}', which is {(folder.Length == 0 ? "empty" : "a file")}. Legal: folders, which are made when they are not there.";
        }

        if (settings.AnchorLog.Length > 0 && !LogName().IsMatch(settings.AnchorLog))
        {
            yield return $"OpsConsole:Audit:AnchorLog = '{settings.AnchorLog}' is not the name of a log. Legal: projects/PROJECT/logs/LOG with letters, digits, '.', '_', '-' and %2F in LOG, or empty.";
        }

        if (!TryWitnesses(settings.Witnesses, out _, out var problem))
        {
            yield return problem;
        }
    }

    /// <summary>Reads the witnesses: whatever separates address and key, they come in pairs.</summary>
    /// <param name="setting">The setting as it was read.</param>
    /// <param name="witnesses">Who, with their keys.</param>
    /// <param name="problem">The sentence for the terminal.</param>
    public static bool TryWitnesses(IEnumerable<string> setting, [NotNullWhen(true)] out IReadOnlyList<PolicyKey>? witnesses, [NotNullWhen(false)] out string? problem)
    {
        (witnesses, problem) = (null, null);
        var words = setting.SelectMany(static s => s.Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (words.Count % 2 != 0)
        {
            problem = $"OpsConsole:Audit:Witnesses has {words.Count} words. {LegalWitness}";
            return false;
        }

        var found = new List<PolicyKey>();
        for (var i = 0; i < words.Count; i += 2)
        {
            var (address, text) = words[i].Contains("://", StringComparison.Ordinal) ? (words[i], words[i + 1]) : (words[i + 1], words[i]);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                problem = $"OpsConsole:Audit:Witnesses has '{address}', which is not an address. {LegalWitness}";
                return false;
            }

            if (!VerifierKey.TryParse(text, out var key, out var why) || key.Type != SignatureType.Cosignature)
            {
                problem = $"OpsConsole:Audit:Witnesses has the key '{text}': {why ?? "it is the key of a log and not that of a witness."} {LegalWitness}";
                return false;
            }

            if (found.Exists(w => w.Name == key.Name))
            {
                problem = $"OpsConsole:Audit:Witnesses names {key.Name} twice.";
                return false;
            }

            found.Add(new PolicyKey(key.Name, key, address));
        }

        witnesses = found;
        return true;
    }

    [GeneratedRegex("^projects/[^/ ]+/logs/([A-Za-z0-9._-]|%2F)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LogName();
}
