using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Search;

/// <summary>
/// Words that free text finds: runs of letters and digits, in lower case. One rule for both databases, for events that are not indexed yet, and
/// for the query itself, so that all of them find the same. A query's word finds every word that begins with it.
/// </summary>
public static class AuditSearchWords
{
    /// <summary>Characters of a word that count; longer words are cut.</summary>
    public const int MaxLength = 64;

    /// <summary>Words of one event that are kept, the first ones.</summary>
    public const int MaxWords = 512;

    /// <summary>The words of an event: action, resource, source, actor, reason, before, after and details. Distinct, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(AuditEvent e)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        Split(e.Id, words);
        Split(e.Action, words);
        Split(e.Actor.Id, words);
        Split(e.Actor.DisplayName, words);
        Split(e.Actor.OnBehalfOf, words);
        Split(e.Resource?.Type, words);
        Split(e.Resource?.Id, words);
        Split(e.Resource?.Name, words);
        Split(e.Resource?.Project, words);
        Split(e.Resource?.Location, words);
        Split(e.Source?.Service, words);
        Split(e.Source?.Revision, words);
        Split(e.Reason, words);
        Split(e.Details, words);
        Split(e.Before, words);
        Split(e.After, words);
        return [.. words];
    }

    /// <summary>The words of a query, distinct, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(string? text)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        Split(text, words);
        return [.. words];
    }

    /// <summary>True when each of the query's words begins a word of the event.</summary>
    /// <param name="words">Words of an event, in ordinal order.</param>
    /// <param name="query">Words of a query.</param>
    public static bool Match(IReadOnlyList<string> words, IReadOnlyList<string> query) =>
        query.All(prefix => words.Any(word => word.StartsWith(prefix, StringComparison.Ordinal)));

    private static void Split(string? text, SortedSet<string> words)
    {
        if (text is null)
        {
            return;
        }

        var start = -1;
        for (var i = 0; i <= text.Length && words.Count < MaxWords;)
        {
            Rune rune = default;
            var size = 1;
            var inWord = i < text.Length && Rune.DecodeFromUtf16(text.AsSpan(i), out rune, out size) == OperationStatus.Done && Rune.IsLetterOrDigit(rune);
            if (inWord && start < 0)
            {
                start = i;
            }
            else if (!inWord && start >= 0)
            {
                words.Add(Cut(text[start..i]).ToLowerInvariant());
                start = -1;
            }

            i += size;
        }
    }

    // Not between the halves of a surrogate pair.
    private static string Cut(string word) =>
        word.Length <= MaxLength ? word : word[..(char.IsHighSurrogate(word[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    private static void Split(JsonElement? json, SortedSet<string> words)
    {
        switch (json?.ValueKind)
        {
            case JsonValueKind.String:
                Split(json.Value.GetString(), words);
                break;
            case JsonValueKind.Number:
                Split(json.Value.GetRawText(), words);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.Value.EnumerateArray())
                {
                    Split(item, words);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in json.Value.EnumerateObject())
                {
                    Split(property.Name, words);
                    Split(property.Value, words);
                }

                break;
            default:
                break;
        }
    }
}
