using System.Diagnostics.Metrics;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Observability;

/// <summary>The console's own figures, beside those of ASP.NET Core and of the runtime.</summary>
internal sealed class ConsoleMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "OpsConsole";

    private readonly Meter _meter;

    /// <summary>Registers them; they are read when somebody collects.</summary>
    public ConsoleMeter(IMeterFactory meters, IAuditHealth audit, OpenCircuits circuits, TimeProvider time)
    {
        _meter = meters.Create(Name);
        _meter.CreateObservableGauge("opsconsole.circuits", () => circuits.Count, "{circuit}", "Open pages");
        _meter.CreateObservableGauge("opsconsole.audit.unsealed", () => audit.Current.Unsealed, "{event}", "Events recorded and not sealed yet");
        _meter.CreateObservableGauge(
            "opsconsole.audit.seal_lag", () => audit.Current.OldestUnsealed is { } oldest ? (time.GetUtcNow() - oldest).TotalSeconds : 0, "s", "Age of the oldest event that is not sealed");
        _meter.CreateObservableGauge("opsconsole.audit.tree_size", () => audit.Current.TreeSize, "{leaf}", "Leaves in the tree");
        _meter.CreateObservableGauge("opsconsole.audit.problems", () => audit.Current.Problems.Count, "{problem}", "Open problems of the audit trail");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
