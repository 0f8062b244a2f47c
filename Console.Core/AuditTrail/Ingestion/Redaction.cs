using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpsConsole.Core.AuditTrail.Ingestion;

/// <summary>
/// Takes secrets out of payloads of Cloud Audit Logs before they are stored: values of environment variables, whatever stands under a name
/// of a secret, and texts that look like one. References to Secret Manager stay: they are names, and what an auditor wants to see.
/// </summary>
public static partial class Redaction
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mark = "[redacted]";

    /// <summary>A copy without secrets.</summary>
    public static JsonNode? Of(JsonElement payload) => Of(JsonNode.Parse(payload.GetRawText()), inEnv: false, parent: "");

    private static JsonNode? Of(JsonNode? node, bool inEnv, string parent)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var (name, value) in obj.ToList())
                {
                    obj[name] = IsSecret(name, value, inEnv, parent) ? JsonValue.Create(Mark) : Of(Detached(obj, name), IsEnv(name) && value is JsonArray, name);
                }

                return obj;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    var item = array[i];
                    array[i] = null;
                    array[i] = Of(item, inEnv, parent);
                }

                return array;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return JsonValue.Create(Text(text));
            default:
                return node;
        }
    }

    private static JsonNode? Detached(JsonObject obj, string name)
    {
        var value = obj[name];
        obj[name] = null;
        return value;
    }

    private static bool IsEnv(string name) => name is "env" or "environmentVariables" or "envVars";

    private static bool IsSecret(string name, JsonNode? value, bool inEnv, string parent) =>
        value is JsonValue text && text.GetValueKind() == JsonValueKind.String
        && ((inEnv && name == "value") || (SecretName().IsMatch(name) && !IsReference(name, parent, text.GetValue<string>())));

    // valueSource.secretKeyRef.secret, volumes[].secret.secret: the name of a secret, or "projects/P/secrets/S".
    private static bool IsReference(string name, string parent, string value) =>
        (name is "secret" or "secretName") && (parent is "secretKeyRef" or "secret") && ResourceName().IsMatch(value);

    private static string Text(string text) => SecretText().Replace(UserInfo().Replace(text, $"${{before}}{Mark}@"), Mark);

    [GeneratedRegex("secret|token|passw|credential|authorization|api_?key|private_?key|access_?key|cookie|signature", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("^(projects/[^/]+/secrets/)?[A-Za-z0-9_-]{1,255}(/versions/[a-z0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ResourceName();

    // postgres://user:password@host
    [GeneratedRegex(@"(?<before>[a-z][a-z0-9+.-]*://[^/\s:@]*:)[^/\s@]+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserInfo();

    // OAuth tokens and API keys of Google, JWTs, bearer headers, PEM keys, and KEY=value of a password in a command line.
    [GeneratedRegex(
        @"ya29\.[\w.-]+|AIza[\w-]{30,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+|(?<=\bBearer\s+)[\w.~+/-]{8,}=*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----|(?<=(?:password|passwd|secret|token|api[_-]?key)\s*[=:]\s*)[^\s&;,""']+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex SecretText();
}
