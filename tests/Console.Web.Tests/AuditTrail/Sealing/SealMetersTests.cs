using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Testing;
using OpsConsole.Web.AuditTrail.Sealing;

namespace OpsConsole.Web.Tests.AuditTrail.Sealing;

public sealed class SealMetersTests
{
    [Fact]
    public void Meters_AreWhatTheHealthSays()
    {
        var time = new ManualTime();
        var health = new SealHealth();
        health.Update(h => h with { Unsealed = 7, OldestUnsealed = time.GetUtcNow() - TimeSpan.FromSeconds(12), TreeSize = 900, CheckpointSize = 890, CheckpointAt = time.GetUtcNow() - TimeSpan.FromSeconds(2) });
        health.Report("2.stall", "Sealing is behind.");
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var meters = new SealMeters(services.GetRequiredService<IMeterFactory>(), health, time);
        var seen = new SortedDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == SealMeters.MeterName && ReferenceEquals(instrument.Meter.Scope, services.GetRequiredService<IMeterFactory>()))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => seen[i.Name] = value);
        listener.SetMeasurementEventCallback<int>((i, value, _, _) => seen[i.Name] = value);
        listener.SetMeasurementEventCallback<double>((i, value, _, _) => seen[i.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(
            "opsconsole.audit.alarms 1, opsconsole.audit.backlog 7, opsconsole.audit.checkpoint.age 2, opsconsole.audit.checkpoint.size 890, opsconsole.audit.oldest_unsealed.age 12, opsconsole.audit.tree.size 900",
            string.Join(", ", seen.Select(static p => FormattableString.Invariant($"{p.Key} {p.Value}"))));
    }
}
