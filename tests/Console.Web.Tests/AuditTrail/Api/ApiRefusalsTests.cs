using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Testing;
using OpsConsole.Web.AuditTrail.Api;

namespace OpsConsole.Web.Tests.AuditTrail.Api;

/// <summary>Lines and figures of refused requests, over an outage.</summary>
public sealed class ApiRefusalsTests
{
    [Fact]
    public void Tell_ManyInAnOutage_IsOneLineAtOnceAndOneAMinute_AndAllAreCounted()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var lines = new Lines();
        using var refusals = new ApiRefusals(services.GetRequiredService<IMeterFactory>(), time, lines);
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Name == "opsconsole.audit.refused" && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
            {
                me.EnableMeasurementEvents(instrument);
            }
        }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var status = tags.ToArray().Single(static t => t.Key == "http.response.status_code").Value!.ToString()!;
            counted[status] = counted.GetValueOrDefault(status) + value;
        });
        listener.Start();

        for (var i = 0; i < 1000; i++)
        {
            refusals.Tell(503, "Audit trail unavailable", "till", "The database is away.");
        }

        refusals.Tell(401, "No valid token", "", "This token is not known here.");
        Assert.Equal(["Error A request of till to the HTTP API was refused with 503: The database is away.", "Warning A request of nobody to the HTTP API was refused with 401: This token is not known here."], lines.All);

        time.Advance(ApiRefusals.Interval);
        Assert.Equal("Error 999 more requests of till to the HTTP API were refused with 503 in 60 s, the last one: The database is away.", lines.All[^1]);
        Assert.Equal(3, lines.All.Count);

        // A minute of quiet: the next one is news again.
        time.Advance(ApiRefusals.Interval);
        refusals.Tell(503, "Audit trail unavailable", "till", "The database is away again.");
        Assert.EndsWith("The database is away again.", lines.All[^1], StringComparison.Ordinal);
        Assert.Equal(4, lines.All.Count);
        Assert.Equal((1001L, 1L), (counted["503"], counted["401"]));
    }

    private sealed class Lines : ILogger<ApiRefusals>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add($"{logLevel} {formatter(state, exception)}");
    }
}
