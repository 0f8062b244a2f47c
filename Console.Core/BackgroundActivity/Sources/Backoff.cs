using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>How long to wait after failures in a row.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>10 s, doubling up to 5 minutes; never less than Google asked for.</summary>
    /// <param name="error">The last failure.</param>
    /// <param name="failures">Failures in a row, from 1.</param>
    public static TimeSpan After(CloudRunError? error, int failures)
    {
        var wait = First * Math.Pow(2, Math.Min(failures - 1, 10));
        wait = wait > Longest ? Longest : wait;
        return error is CloudRunError.QuotaExceeded { RetryAfter: { } asked } && asked > wait ? asked : wait;
    }
}
