namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>From when on something that is late is wrong.</summary>
public sealed record VerifyLimits
{
    /// <summary>Sealing, signing and indexing take so long at most.</summary>
    public TimeSpan SealBound { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A number may be undecided for so long: transactions of applications end within it.</summary>
    public TimeSpan GapBound { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Clocks differ, and events are delivered late, by so much without being worth a note.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Clocks of one installation differ by so much at most.</summary>
    public TimeSpan Clocks { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The moment that lies so long ago, in microseconds since 1970.</summary>
    internal static long Before(DateTimeOffset now, TimeSpan span) => (now.UtcTicks - span.Ticks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
