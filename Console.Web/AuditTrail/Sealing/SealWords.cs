using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Sealing;

/// <summary>How the sealing goes, in words.</summary>
public static class SealWords
{
    /// <summary>For example <c>12,404 events sealed</c>.</summary>
    public static string Sealed(AuditHealth health) => health.TreeSize == 1 ? "1 leaf sealed" : $"{Number(health.TreeSize)} leaves sealed";

    /// <summary>For example <c>3 wait, the oldest for 2 s</c>; <c>none waits</c>.</summary>
    public static string Backlog(AuditHealth health, DateTimeOffset now)
    {
        if (health.Unsealed == 0)
        {
            return "none waits";
        }

        var wait = health.Unsealed == 1 ? "1 event waits" : $"{Number(health.Unsealed)} events wait";
        return health.OldestUnsealed is { } oldest ? $"{wait}, the oldest for {Age(now - oldest)}" : wait;
    }

    /// <summary>For example <c>checkpoint of 12,404 signed just now</c>.</summary>
    public static string Checkpoint(AuditHealth health, DateTimeOffset now) => health is { CheckpointSize: { } size, CheckpointAt: { } at }
        ? $"checkpoint of {Number(size)} signed {TimeText.Relative(at, now)}"
        : "no checkpoint yet";

    /// <summary>A length of time in its largest unit: <c>2 s</c>, <c>3 min</c>, <c>5 h</c>.</summary>
    public static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 1 => "less than 1 s",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
