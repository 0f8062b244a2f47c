using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>Which requests must leave an audit event, or (an exception) need none. Of several rules the first that fits a request decides.</summary>
public sealed record CompletenessRule
{
    private PathPattern? _pattern;

    /// <summary>HTTP methods in capitals; empty means all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>A <see cref="PathPattern"/>.</summary>
    public string Path { get; init; } = "/**";

    /// <summary>Lowest HTTP status.</summary>
    public int StatusFrom { get; init; } = 200;

    /// <summary>Highest HTTP status, inclusive.</summary>
    public int StatusTo { get; init; } = 399;

    /// <summary>The action that the event must have (<c>order.created</c>), or, with <c>.*</c> at the end, one below it; empty means any action will do.</summary>
    public string Action { get; init; } = "";

    /// <summary>False for an exception: such requests need no event.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What is wrong with it, for people; null when it can be used.</summary>
    public string? Problem
    {
        get
        {
            if (Methods.FirstOrDefault(static m => m.Length == 0 || !m.All(char.IsAsciiLetterUpper)) is { } method)
            {
                return $"“{method}” is not an HTTP method: write them in capitals, for example POST.";
            }

            if (PathPattern.Parse(Path, out var path) is null)
            {
                return path;
            }

            if (StatusFrom < 100 || StatusTo > 599 || StatusFrom > StatusTo)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{StatusFrom}–{StatusTo} is not a range of HTTP statuses: it has to lie between 100 and 599, the lower one first.");
            }

            return Action.Length > 128 || Action.Any(static c => c <= ' ' || c > '~')
                ? $"“{Action}” is not an action: it is a dotted name such as order.created, or order.* for all below it."
                : null;
        }
    }

    /// <summary>Whether it decides on a request.</summary>
    public bool Fits(string method, string path, int status) =>
        status >= StatusFrom && status <= StatusTo
        && (Methods.Count == 0 || Methods.Contains(method, StringComparer.Ordinal))
        && (_pattern ??= PathPattern.Parse(Path, out _)) is { } pattern && pattern.Matches(path);

    /// <summary>Whether an event of this action is what the rule asks for.</summary>
    public bool Accepts(string action) =>
        Action.Length == 0 || (Action.EndsWith(".*", StringComparison.Ordinal)
            ? action.StartsWith(Action.AsSpan(0, Action.Length - 1), StringComparison.Ordinal)
            : string.Equals(action, Action, StringComparison.Ordinal));

    /// <summary>For people: <c>POST, PUT on /orders/** with status 200–299 must leave order.created</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Methods.Count == 0 ? "any method" : string.Join(", ", Methods))} on {(Path == "/**" ? "any path" : Path)} with status {StatusFrom}{(StatusTo == StatusFrom ? "" : "–" + StatusTo.ToString(CultureInfo.InvariantCulture))} {Consequence}");

    /// <summary>Two rules that say the same are equal.</summary>
    public bool Equals(CompletenessRule? other) =>
        other is not null && Methods.SequenceEqual(other.Methods, StringComparer.Ordinal) && Path == other.Path && StatusFrom == other.StatusFrom
        && StatusTo == other.StatusTo && Action == other.Action && Required == other.Required;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Methods.Count, Path, StatusFrom, StatusTo, Action, Required);

    private string Consequence => !Required ? "needs no event" : Action.Length == 0 ? "must leave an event" : "must leave " + Action;
}
