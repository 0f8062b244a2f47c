using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Classes, bases and severities in words that need no manual. The words on the wire stay those of <see cref="EntryClasses"/>.</summary>
public static class EntryWords
{
    private static readonly string[] Severities =
    [
        "default", "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ];

    /// <summary>The class of a line.</summary>
    public static string Class(EntryClass entryClass) => entryClass switch
    {
        EntryClass.InRequest => "within the request",
        EntryClass.Boundary => "at the response",
        EntryClass.AfterResponse => "after the response",
        EntryClass.Resumed => "went on later, woken",
        EntryClass.IdleInstance => "no request running",
        EntryClass.Unattributed => "cannot tell",
        EntryClass.Startup => "starting",
        EntryClass.Shutdown => "stopping",
        EntryClass.Orphan => "request not in the window",
        EntryClass.Platform => "from Cloud Run",
        _ => entryClass.Word(),
    };

    /// <summary>By which evidence a line was classified.</summary>
    public static string Basis(Basis basis) => basis switch
    {
        Core.BackgroundActivity.Basis.Trace => "same trace, same instance",
        Core.BackgroundActivity.Basis.Span => "same span, same instance",
        Core.BackgroundActivity.Basis.OnlyRequestInFlight => "only request running on the instance",
        Core.BackgroundActivity.Basis.NoRequestInFlight => "no request running on the instance",
        Core.BackgroundActivity.Basis.AccessLine => "the web server's access line",
        Core.BackgroundActivity.Basis.InstanceLife => "the instance was starting or stopping",
        Core.BackgroundActivity.Basis.ThrottleFingerprint => "bursts in one slot of each 100 ms",
        _ => "–",
    };

    /// <summary>Severity by its number in <see cref="LineRow.Severity"/>.</summary>
    public static string Severity(byte severity) => severity < Severities.Length ? Severities[severity] : "default";

    /// <summary>How a severity is drawn.</summary>
    public static SeverityShape Shape(byte severity) => severity switch
    {
        >= 5 => SeverityShape.Triangle,
        4 => SeverityShape.Diamond,
        _ => SeverityShape.Dot,
    };

    /// <summary>True for classes that are background activity for certain.</summary>
    public static bool IsLate(EntryClass entryClass) =>
        entryClass is EntryClass.AfterResponse or EntryClass.Resumed or EntryClass.IdleInstance;

    /// <summary>The verdict of a revision.</summary>
    public static string Verdict(Verdict verdict) => verdict switch
    {
        Core.BackgroundActivity.Verdict.AtRisk => "at risk",
        Core.BackgroundActivity.Verdict.HasCpu => "has CPU",
        Core.BackgroundActivity.Verdict.Quiet => "quiet",
        _ => "cannot tell",
    };

    /// <summary>The verdict as one word, for qualifiers and class names.</summary>
    public static string VerdictKey(Verdict verdict) => Verdict(verdict).Replace(' ', '-').ToLowerInvariant();

    /// <summary>The kind of a finding.</summary>
    public static string Kind(FindingKind kind) => kind switch
    {
        FindingKind.AfterResponse => "after the response",
        FindingKind.IdleInstance => "while no request ran",
        FindingKind.Periodic => "periodic, while no request ran",
        FindingKind.HeldOpen => "sleep after each response to keep the CPU",
        _ => kind.ToString(),
    };
}
