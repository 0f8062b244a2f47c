using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary>From when to when a check goes: what was asked for, as far as the logs go.</summary>
internal static class CompletenessWindow
{
    public static (DateTimeOffset From, DateTimeOffset To) Of(IAnalysisSource source, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var first = source.From ?? DateTimeOffset.UnixEpoch;

        // An export ends with its last entry, and the window does not hold its own end.
        var last = source.To?.AddTicks(1) ?? now;
        var start = from is { } asked && asked > first ? asked : first;
        var end = to is { } until && until < last ? until : last;
        return (start, end < start ? start : end);
    }
}
