namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// Paths of requests, segment by segment: <c>/orders/*/confirm</c> means any one segment in the middle, <c>/orders/**</c> everything
/// below (and <c>/orders</c> itself), <c>/**</c> any path. Letters count as they are written; a slash at the end does not count.
/// </summary>
public sealed class PathPattern
{
    private readonly string[] _segments;
    private readonly bool _open;

    private PathPattern(string text, string[] segments, bool open)
    {
        Text = text;
        _segments = segments;
        _open = open;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Parses a pattern.</summary>
    /// <param name="text">Begins with a slash.</param>
    /// <param name="problem">What is wrong with it, for people; null when it is a pattern.</param>
    public static PathPattern? Parse(string text, out string? problem)
    {
        problem = null;
        if (text is not ['/', ..])
        {
            problem = $"The path “{text}” has to begin with a slash, for example /orders/*.";
            return null;
        }

        var segments = Split(text);
        var open = segments is [.., "**"];
        if (open)
        {
            segments = segments[..^1];
        }

        if (Array.Find(segments, static s => s != "*" && s.Contains('*', StringComparison.Ordinal)) is { } odd)
        {
            problem = $"In the path “{text}”, “{odd}” is neither a name nor *: * stands for one whole segment, and ** may only be the last.";
            return null;
        }

        if (text.AsSpan().ContainsAny('?', '#', ' '))
        {
            problem = $"The path “{text}” is compared without its query: leave out everything from ? on, and spaces.";
            return null;
        }

        return new PathPattern(text, segments, open);
    }

    /// <summary>Whether a path, with or without a query, is meant.</summary>
    public bool Matches(string path)
    {
        var query = path.AsSpan().IndexOfAny('?', '#');
        var segments = Split(query < 0 ? path : path[..query]);
        if (segments.Length < _segments.Length || (segments.Length > _segments.Length && !_open))
        {
            return false;
        }

        for (var i = 0; i < _segments.Length; i++)
        {
            if (_segments[i] != "*" && !string.Equals(_segments[i], segments[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static string[] Split(string path)
    {
        var inner = path.AsSpan().Trim('/');
        return inner.IsEmpty ? [] : inner.ToString().Split('/');
    }
}
