using System.Globalization;

namespace OpsConsole.Web.AuditTrail.Retention;

/// <summary>What the address of the retention page says.</summary>
public sealed record RetentionPageState
{
    /// <summary>Parts of the page.</summary>
    public static readonly IReadOnlyList<string> Parts = ["open", "person", "event", "prune", "holds", "done"];

    /// <summary>One of <see cref="Parts"/>.</summary>
    public string Part { get; init; } = "open";

    /// <summary>Workspace of the event to erase.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>Id of the event to erase.</summary>
    public string Event { get; init; } = "";

    /// <summary>Pseudonym of the actor to erase; never the name, because addresses are kept by browsers.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Prune what was sealed before this day.</summary>
    public DateOnly? Before { get; init; }

    /// <summary>Reads an address; what is unknown is the default.</summary>
    public static RetentionPageState Parse(string? part, string? workspace, string? id, string? actor, string? before) => new()
    {
        Part = Parts.Contains(part ?? "", StringComparer.Ordinal) ? part! : "open",
        Workspace = workspace?.Trim() ?? "",
        Event = id?.Trim() ?? "",
        Actor = actor?.Trim() ?? "",
        Before = DateOnly.TryParseExact(before, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.AuditRetention,
        ("part", Part == "open" ? null : Part), ("workspace", Workspace), ("event", Event), ("actor", Actor), ("before", Before?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
