using System.Globalization;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>Reads the policy files of c2sp.org/tlog-policy.</summary>
internal sealed class PolicyReader
{
    private readonly List<PolicyKey> logs = [];
    private readonly List<PolicyKey> witnesses = [];
    private readonly Dictionary<string, Quorum> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> grouped = new(StringComparer.Ordinal);
    private Quorum? quorum;

    /// <summary>What is wrong, with its line; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads a file; null with a <see cref="Problem"/>.</summary>
    public WitnessPolicy? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExceptInRange((byte)0x20, (byte)0xFF) >= 0)
        {
            foreach (var b in bytes)
            {
                if (b is < 0x20 and not (byte)'\t' and not (byte)'\n')
                {
                    Problem = $"The policy has a control character, 0x{b:x2}; only tab and newline are allowed.";
                    return null;
                }
            }
        }

        // Octets stay octets: names are compared byte by byte, whatever encoding they are in.
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith('#') && Line(words) is { } problem)
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"Line {i + 1} of the policy: {problem}");
                return null;
            }
        }

        if (quorum is null)
        {
            Problem = "The policy has no quorum line.";
            return null;
        }

        return new WitnessPolicy(logs, witnesses, quorum);
    }

    private static string Utf8(string octets) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));

    private string? Line(string[] words) => words[0] switch
    {
        "log" => words.Length is 2 or 3 ? Log(words) : "the form is: log VKEY [URL].",
        "witness" => words.Length is 3 or 4 ? Witness(words) : "the form is: witness NAME VKEY [URL].",
        "group" => words.Length >= 4 ? Group(words) : "the form is: group NAME all|any|K MEMBER….",
        "quorum" => words.Length == 2 ? SetQuorum(words[1]) : "the form is: quorum NAME.",
        _ => $"'{Utf8(words[0])}' is not known. Legal: log, witness, group, quorum.",
    };

    private string? Log(string[] words)
    {
        if (!VerifierKey.TryParse(Utf8(words[1]), out var key, out var problem))
        {
            return problem;
        }

        if (logs.Any(l => l.Key.WrapsSameKeyAs(key)))
        {
            return $"the key of log {key.Name} is listed twice.";
        }

        logs.Add(new PolicyKey(key.Name, key, words.Length > 2 ? Utf8(words[2]) : null));
        return null;
    }

    private string? Witness(string[] words)
    {
        if (!VerifierKey.TryParse(Utf8(words[2]), out var key, out var problem))
        {
            return problem;
        }

        if (key.Type != SignatureType.Cosignature)
        {
            return $"the key of witness {Utf8(words[1])} is of type 0x{(byte)key.Type:x2}; a witness has a cosignature key, 0x04.";
        }

        if (witnesses.Any(w => w.Key.WrapsSameKeyAs(key)))
        {
            return $"the key of witness {Utf8(words[1])} is listed twice.";
        }

        if (Define(words[1], new Quorum(key)) is { } taken)
        {
            return taken;
        }

        witnesses.Add(new PolicyKey(Utf8(words[1]), key, words.Length > 3 ? Utf8(words[3]) : null));
        return null;
    }

    private string? Group(string[] words)
    {
        var members = new List<Quorum>();
        foreach (var word in words[3..])
        {
            if (!names.TryGetValue(word, out var member))
            {
                return $"{Utf8(word)} is not defined on a line before this one.";
            }

            if (!grouped.Add(word))
            {
                return $"{Utf8(word)} is already a member of a group.";
            }

            members.Add(member);
        }

        long needed = words[2] switch { "all" => members.Count, "any" => 1, _ => StrictDecimal.TryParse(words[2], out var k) ? k : 0 };
        return needed < 1 || needed > members.Count
            ? $"'{Utf8(words[2])}' is not all, any or a number from 1 to {members.Count}."
            : Define(words[1], new Quorum((int)needed, members));
    }

    private string? SetQuorum(string name)
    {
        if (quorum is not null)
        {
            return "there is a second quorum line.";
        }

        quorum = name == "none" ? Quorum.None : names.GetValueOrDefault(name);
        return quorum is null ? $"{Utf8(name)} is not defined on a line before this one." : null;
    }

    private string? Define(string name, Quorum member) =>
        name == "none" ? "the name none is reserved." : names.TryAdd(name, member) ? null : $"{Utf8(name)} is defined twice.";
}
