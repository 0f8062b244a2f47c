using System.Text.RegularExpressions;

namespace OpsConsole.Web.Observability;

/// <summary>
/// The last net under the logs: what looks like a secret is masked, whoever wrote it. The first is that nobody writes one.
/// </summary>
internal static partial class LogRedaction
{
    private const string Mask = "***";

    /// <summary>The text without what looks like a secret.</summary>
    public static string Apply(string text) => text.AsSpan().IndexOfAny("=_.:-") < 0 && !text.Contains("earer", StringComparison.Ordinal) ? text : Secrets().Replace(text, static match =>
        match.Groups["name"] is { Success: true, Value: var name } ? name + Mask : Mask);

    // Password=… of connection strings, up to the next part of them; the same in JSON and as the end of a variable's name (DB_PASSWORD=…); the password
    // of an address (postgres://name:…@host); Bearer …; tokens of our API (opsc_…) and of Google (ya29.…); signed tokens (eyJ….….…); the token in the
    // printed address; private keys.
    [GeneratedRegex(
        @"(?<name>(password|pwd|passwd)=)(""[^""]*""|'[^']*'|[^;""'&\r\n]+)|(?<name>(password|pwd|passwd|secret|token|api[_-]?key)\\?[""']?\s*[=:]\s*)(\\?""[^""]*""|'[^']*'|[^\s;""',&]+)|(?<name>\b(Bearer|Authorization:\s*Basic)\s+)\S+|(?<name>://[^\s/:@]*:)[^\s/@]+(?=@)|\bopsc_[A-Za-z0-9_-]{20,}|\bya29\.[A-Za-z0-9._-]+|\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Secrets();
}
