using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Core.CloudRun;

/// <summary>
/// The raw JSON of a resource for the screen: indented, and with what may be a secret replaced. Hidden are the literal values of
/// environment variables, the values of probe headers, and arguments that look like <c>--api-key=…</c>. References to Secret
/// Manager stay: they name a secret, they do not hold it.
/// </summary>
public static class RawJsonMask
{
    /// <summary>What stands in place of a hidden value.</summary>
    public const string Hidden = "•••••• (hidden)";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,

        // Readable text instead of \u0022; the page encodes it for HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] SecretWords = ["password", "passwd", "pwd", "secret", "token", "key", "credential", "dsn"];

    /// <summary>Indents and masks; text that is not JSON is not shown at all.</summary>
    public static string Apply(string rawJson)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(rawJson);
            MaskIn(root, "");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: the same key twice.
            return "This is not valid JSON, and is not shown because it cannot be masked.";
        }

        return root?.ToJsonString(Indented) ?? "null";
    }

    /// <summary>Masks a command line: <c>--db-password=x</c>, <c>--token x</c> and addresses with a user in them.</summary>
    internal static IReadOnlyList<string> MaskArguments(IReadOnlyList<string> arguments)
    {
        var masked = new string[arguments.Count];
        for (var i = 0; i < masked.Length; i++)
        {
            var argument = arguments[i];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var previous = i > 0 ? arguments[i - 1] : "";
            masked[i] =
                equals > 0 && LooksSecret(argument.AsSpan(0, equals)) ? $"{argument[..(equals + 1)]}{Hidden}"
                : previous.StartsWith('-') && !previous.Contains('=', StringComparison.Ordinal) && LooksSecret(previous) && !argument.StartsWith('-') ? Hidden
                : argument.Contains("://", StringComparison.Ordinal) && argument.Contains('@', StringComparison.Ordinal) ? Hidden
                : argument;
        }

        return masked;
    }

    private static bool LooksSecret(ReadOnlySpan<char> name)
    {
        foreach (var word in SecretWords)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void MaskIn(JsonNode? node, string key)
    {
        switch (node)
        {
            case JsonObject found:
                // {"name":"DB_PASSWORD","value":"…"} in env and in httpHeaders.
                if (key is "env" or "httpHeaders" && found.ContainsKey("value"))
                {
                    found["value"] = Hidden;
                }

                foreach (var (name, child) in found.ToList())
                {
                    MaskIn(child, name);
                }

                break;
            case JsonArray list when key is "args" or "command" && list.All(static i => i is JsonValue v && v.TryGetValue<string>(out _)):
                var arguments = MaskArguments([.. list.Select(static i => i!.GetValue<string>())]);
                for (var i = 0; i < list.Count; i++)
                {
                    list[i] = arguments[i];
                }

                break;
            case JsonArray list:
                foreach (var child in list)
                {
                    MaskIn(child, key);
                }

                break;
        }
    }
}
