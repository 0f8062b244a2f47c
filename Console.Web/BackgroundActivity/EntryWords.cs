using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Classes, bases and severities in words that need no manual. The words on the wire stay those of <see cref="EntryClasses"/>.</summary>
public static class EntryWords
{
    private static readonly string[] Severities = ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"];

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

    /// <summary>The severity of a row (steps of 100 of the API divided by 100) as Cloud Logging spells it.</summary>
    public static string Severity(byte step) => step < Severities.Length ? Severities[step] : Severities[0];

    /// <summary>Rank of a severity as Cloud Logging orders them, from 0 (DEFAULT) to 8 (EMERGENCY).</summary>
    public static int Rank(string severity) => Math.Max(0, Array.IndexOf(Severities, severity));

    /// <summary>How a severity is drawn.</summary>
    public static SeverityShape Shape(string severity) => Rank(severity) switch
    {
        >= 5 => SeverityShape.Triangle,
        4 => SeverityShape.Diamond,
        _ => SeverityShape.Dot,
    };

    /// <summary>True for classes that are background activity for certain.</summary>
    public static bool IsLate(EntryClass entryClass) =>
        entryClass is EntryClass.AfterResponse or EntryClass.Resumed or EntryClass.IdleInstance;

    /// <summary>Method and path of a request.</summary>
    public static string Name(RequestBar request) =>
        $"{request.Method} {LogText.Clean(request.Path)}".Trim() is { Length: > 0 } name ? name : "request";

    /// <summary>Its HTTP status, or a dash.</summary>
    public static string Status(RequestBar request) =>
        request.Status == 0 ? "–" : request.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);

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
