using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// When an instance was ready, and when its stop began: by Cloud Run's own messages where there are any, else by order
/// (<see cref="StopFinder"/>).
/// </summary>
internal readonly record struct InstanceLife(long ReadyNs, long StopNs, bool SawStart)
{
    /// <summary>From the platform lines of an instance, in time order.</summary>
    public static InstanceLife Of(LogTable table, InstanceWork work)
    {
        var ready = long.MinValue;
        var firstProbe = long.MinValue;
        var stop = long.MaxValue;
        var sawStart = false;
        for (var i = 0; i < work.LineCount; i++)
        {
            ref readonly var line = ref table.Lines[work.Lines[i]];
            if (line.Kind != LineKind.Platform)
            {
                continue;
            }

            sawStart |= line.Platform is PlatformMessage.Starting or PlatformMessage.StartupProbeSucceeded or PlatformMessage.StartupProbeFailed;
            switch (line.Platform)
            {
                case PlatformMessage.StartupProbeSucceeded:
                    firstProbe = firstProbe == long.MinValue ? line.TimestampNs : firstProbe;
                    if (line.TimestampNs - firstProbe <= Rules.ProbesTogether)
                    {
                        ready = line.TimestampNs;
                    }

                    break;
                case PlatformMessage.ShuttingDown or PlatformMessage.TerminatedOnSignal or PlatformMessage.CalledExit
                    or PlatformMessage.LivenessProbeFailed or PlatformMessage.UncaughtSignal or PlatformMessage.MemoryLimitExceeded:
                    // "Memory limit of 512 MiB exceeded …" may be followed by more requests: only the last word of a life is its stop.
                    if (stop == long.MaxValue && !HasRequestAfter(work, line.TimestampNs))
                    {
                        stop = line.TimestampNs - Rules.StartSlack;
                    }

                    break;
            }
        }

        return new InstanceLife(ready, stop, sawStart);
    }

    private static bool HasRequestAfter(InstanceWork work, long time) =>
        work.RequestCount > 0 && work.Starts[work.RequestCount - 1] > time;
}
