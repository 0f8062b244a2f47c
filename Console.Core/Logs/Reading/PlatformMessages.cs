namespace OpsConsole.Core.Logs.Reading;

/// <summary>Recognises Cloud Run's own messages by their first words; what follows (addresses, advice) changes.</summary>
internal static class PlatformMessages
{
    /// <summary>Which message a platform line's text is.</summary>
    internal static PlatformMessage Parse(ReadOnlySpan<byte> text)
    {
        // Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors …
        // Started instance in 8.43s.
        if (text.StartsWith("Starting new instance"u8))
        {
            return PlatformMessage.Starting;
        }

        // Memory limit of 512 MiB exceeded with 517 MiB used. Consider increasing the memory limit, see …
        if (text.StartsWith("Memory limit of"u8))
        {
            return PlatformMessage.MemoryLimitExceeded;
        }

        // Container terminated on signal 9.
        if (text.StartsWith("Container terminated on signal"u8))
        {
            return PlatformMessage.TerminatedOnSignal;
        }

        // Container called exit(3).
        if (text.StartsWith("Container called exit("u8))
        {
            return PlatformMessage.CalledExit;
        }

        // Uncaught signal: 6, pid=1, tid=1, fault_addr=0
        if (text.StartsWith("Uncaught signal"u8))
        {
            return PlatformMessage.UncaughtSignal;
        }

        // Shutting down user disabled instance (whatever the reason: nothing else of the platform begins so)
        if (text.StartsWith("Shutting down"u8))
        {
            return PlatformMessage.ShuttingDown;
        }

        // Default STARTUP TCP probe succeeded after 1 attempt for container "worker" on port 8080.
        // LIVENESS HTTP probe failed 1 time consecutively for container NAME on port 8080. The instance has been shut down.
        var head = text[..Math.Min(text.Length, 120)];
        var startup = head.IndexOf("STARTUP "u8) >= 0;
        if (startup && head.IndexOf(" probe succeeded"u8) >= 0)
        {
            return PlatformMessage.StartupProbeSucceeded;
        }

        if (startup && head.IndexOf(" probe failed"u8) >= 0)
        {
            return PlatformMessage.StartupProbeFailed;
        }

        return head.IndexOf("LIVENESS "u8) >= 0 && head.IndexOf(" probe failed"u8) >= 0
            ? PlatformMessage.LivenessProbeFailed
            : PlatformMessage.Other;
    }
}
