namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Verifies the stored audit trail (docs/audit-trail.md, "Verifying"): recomputes every hash from the stored bytes and compares everything that
/// is kept with it. It changes nothing, and believes nothing but the keys and places it is given.
/// </summary>
/// <param name="source">The tables.</param>
/// <param name="witnesses">Asks witnesses.</param>
/// <param name="time">The clock that "too late" is judged by.</param>
public sealed class Verifier(ILedgerSource source, IWitnessMonitor witnesses, TimeProvider time)
{
    /// <summary>From when on something that is late is wrong.</summary>
    public VerifyLimits Limits { get; init; } = new();

    /// <summary>Verifies one state of the log.</summary>
    /// <param name="request">What.</param>
    /// <param name="trust">What is believed.</param>
    /// <param name="progress">Called a few times a second or more, on any thread.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AuditUnavailableException">The database failed: nothing is known.</exception>
    public async Task<VerifyReport> RunAsync(VerifyRequest request, VerifyTrust trust, Action<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Invoke(new VerifyProgress("Asking anchors and witnesses", 0, 0, 0));
        var outside = await OutsideRoots.ReadAsync(trust, witnesses, cancellationToken);
        var now = time.GetUtcNow();
        await using var snapshot = await source.OpenAsync(cancellationToken);
        return await new VerifyRun(snapshot, request, trust, outside, Limits, now, progress ?? (static _ => { })).RunAsync(source.Name, cancellationToken);
    }
}
