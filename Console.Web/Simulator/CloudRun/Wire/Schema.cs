namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>The messages and enums of google.cloud.run.v2: what makes an unknown field, a default, an output-only field.</summary>
internal static class Schema
{
    private static readonly Dictionary<string, MessageType> Messages = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, EnumType> Enums = new(StringComparer.Ordinal);

    static Schema()
    {
        foreach (var entry in Entries())
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var (head, body) = (entry[..colon], entry[(colon + 1)..].Trim());
            if (head.StartsWith("enum ", StringComparison.Ordinal))
            {
                Enums.Add(head[5..], EnumType.Parse(body));
            }
            else
            {
                Messages.Add(head, new MessageType(head, [.. body.Split(',', StringSplitOptions.TrimEntries).Select(ParseField)]));
            }
        }
    }

    public static MessageType Message(string name) => Messages[name];

    public static MessageType? FindMessage(string name) => Messages.GetValueOrDefault(name);

    public static EnumType? FindEnum(string name) => Enums.GetValueOrDefault(name);

    /// <summary>Joins continued lines: an indented line belongs to the entry above it.</summary>
    private static IEnumerable<string> Entries()
    {
        var entry = "";
        foreach (var line in SchemaText.Value.Split('\n'))
        {
            if (line.StartsWith(' '))
            {
                entry += " " + line.Trim();
                continue;
            }

            if (entry.Length > 0)
            {
                yield return entry;
            }

            entry = line;
        }

        yield return entry;
    }

    // "conditions Condition[]!", "manualInstanceCount int32?"
    private static FieldType ParseField(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var type = text[(space + 1)..];
        var name = type.TrimEnd('!', '?').Replace("[]", "", StringComparison.Ordinal);
        return new FieldType(
            text[..space],
            name,
            Repeated: type.Contains("[]", StringComparison.Ordinal),
            OutputOnly: type.Contains('!', StringComparison.Ordinal),
            HasPresence: type.Contains('?', StringComparison.Ordinal));
    }
}
