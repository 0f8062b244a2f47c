using System.Diagnostics.Metrics;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Web.AuditTrail.Sealing;

/// <summary>
/// The state of sealing as instruments of the meter <c>OpsConsole.Audit</c>: gauges that are looked at when somebody collects them
/// (dotnet-counters, an OpenTelemetry exporter).
/// </summary>
public sealed class SealMeters : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "OpsConsole.Audit";

    private readonly Meter _meter;

    /// <summary>Makes the instruments.</summary>
    public SealMeters(IMeterFactory meters, IAuditHealth health, TimeProvider time)
    {
        _meter = meters.Create(MeterName);
        _meter.CreateObservableGauge("opsconsole.audit.backlog", () => health.Current.Unsealed, "{event}", "Events recorded and not sealed yet.");
        _meter.CreateObservableGauge(
            "opsconsole.audit.oldest_unsealed.age", () => health.Current.OldestUnsealed is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, "s", "Age of the oldest event that is not sealed; 0 when all are.");
        _meter.CreateObservableGauge("opsconsole.audit.tree.size", () => health.Current.TreeSize, "{leaf}", "Leaves in the tree.");
        _meter.CreateObservableGauge("opsconsole.audit.checkpoint.size", () => health.Current.CheckpointSize ?? 0, "{leaf}", "Leaves that the latest signed checkpoint covers.");
        _meter.CreateObservableGauge(
            "opsconsole.audit.checkpoint.age", () => health.Current.CheckpointAt is { } at ? Math.Max(0, (time.GetUtcNow() - at).TotalSeconds) : 0, "s", "Age of the latest signed checkpoint. It grows while nothing is recorded, too.");
        _meter.CreateObservableGauge("opsconsole.audit.alarms", () => health.Current.Alarms.Count, "{alarm}", "Alarms that are open: incidents, and sealing that stands still.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
