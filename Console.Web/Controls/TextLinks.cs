using System.Text.RegularExpressions;

namespace OpsConsole.Web.Controls;

/// <summary>Finds addresses in text that others wrote (Cloud Run's messages end with "Logs URL: https://…").</summary>
public static partial class TextLinks
{
    /// <summary>The text in parts; a part with an address has <c>Href</c>. Only https addresses of cloud.google.com become links.</summary>
    public static IReadOnlyList<(string Text, string? Href)> Split(string text)
    {
        var parts = new List<(string, string?)>();
        var at = 0;
        foreach (Match match in Address().Matches(text))
        {
            // A full stop at the end belongs to the sentence.
            var address = match.Value.TrimEnd('.', ',', ')', ';');
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
                || !(uri.Host == "cloud.google.com" || uri.Host.EndsWith(".cloud.google.com", StringComparison.Ordinal)))
            {
                continue;
            }

            if (match.Index > at)
            {
                parts.Add((text[at..match.Index], null));
            }

            parts.Add((ShortText.Middle(uri.Host + uri.AbsolutePath, 48), address));
            at = match.Index + address.Length;
        }

        if (at < text.Length)
        {
            parts.Add((text[at..], null));
        }

        return parts;
    }

    [GeneratedRegex(@"https://[^\s<>""]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
