using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.AuditTrail.Completeness;

public sealed class ServiceRequestsTests
{
    [Fact]
    public void Of_RequestsOfTheService_ThoseThatARuleNames()
    {
        var world = new LogWorld();
        world.Add(Post(0, "POST /orders?dry=1", 201) with { Trace = LogWorld.Trace(1), Span = 0xAB });
        world.Add(Post(1, "GET /orders", 200) with { Trace = LogWorld.Trace(2) });
        world.Add(Post(2, "POST /orders", 422));
        world.Add(Post(3, "DELETE /orders/1", 204));
        world.Add(Post(4, "POST /quote", 200) with { Revision = "pricing-00001-xyz", Trace = LogWorld.Trace(3) });
        world.Add(Post(60, "POST /orders", 201) with { Trace = LogWorld.Trace(4) });

        var requests = Read(world, 0, 60);

        Assert.Equal(4, requests.Count);
        Assert.Collection(
            requests.Required,
            static r =>
            {
                Assert.Equal(("POST", "/orders?dry=1", 201), (r.Method, r.Path, r.Status));
                Assert.Equal((LogWorld.Trace(1), "00000000000000ab"), (r.TraceId, r.SpanId));
                Assert.Equal(Facts.At(0), r.Start);
                Assert.Equal(Facts.At(0.1018), r.End);
            },
            static r => Assert.Equal(("DELETE", null), (r.Method, r.TraceId)));

        // Also the one after the window, but not the one of the other service.
        Assert.Equal([LogWorld.Trace(1), LogWorld.Trace(2), LogWorld.Trace(4)], requests.Traces.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_RequestThatNoInstanceAnswered_IsNotCounted()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { At = 1, Latency = 0, Instance = null, Status = 429, Route = "POST /orders", Text = "The request was aborted because there was no available instance.", Received = 11 });

        var requests = Read(world, 0, 60, new CompletenessRules { Rules = [new CompletenessRule { StatusFrom = 100, StatusTo = 599 }] });

        Assert.Equal(0, requests.Count);
        Assert.Empty(requests.Required);
    }

    private static WorldRequest Post(double at, string route, int status) => new()
    {
        Instance = "i1",
        At = at,
        Latency = 0.1,
        Written = at + 0.1018,
        Received = at + 0.3,
        Route = route,
        Status = status,
    };

    private static ServiceRequests Read(LogWorld world, double from, double to, CompletenessRules? rules = null)
    {
        using var table = world.ToTable();
        var analysis = Correlator.Analyse(table, new CorrelatorOptions { RequestTimestamp = RequestTimestamp.Start }, CancellationToken.None);
        return ServiceRequests.Of(analysis, Facts.Checkout, Facts.At(from), Facts.At(to), rules ?? CompletenessRules.Default, CancellationToken.None);
    }
}
