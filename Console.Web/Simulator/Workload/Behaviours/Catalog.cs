using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Clean: all its lines are written within requests, but for the access line a millisecond after each.</summary>
internal sealed class Catalog : Uvicorn
{
    public override TrafficShape Traffic => new(22, 6, 2.5);

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var failed = random.Chance(0.004);
        var sku = "SKU-" + random.Between(1000, 9999).ToString(CultureInfo.InvariantCulture);
        var path = random.Unit() switch
        {
            < 0.55 => $"/items/{sku}",
            < 0.8 => $"/items?category={random.Pick("chairs", "lamps", "tables", "rugs")}&page={random.Between(1, 9)}",
            _ => "/categories",
        };
        var status = failed ? 500 : random.Chance(0.03) ? 404 : 200;
        var duration = Milliseconds(random.LogNormal(28, 0.6));
        var plan = new RequestPlan
        {
            Method = "GET",
            Path = path,
            Status = status,
            Duration = duration,
            Access = AccessLine(random, "GET", path, status),
            ResponseSize = random.Between(400, 18_000),
            Referer = "https://shop.acme.example/",
        };
        if (failed)
        {
            plan.Lines.Add((duration - 600, new LogLine(LogStream.Stderr, Traceback, null, LogSeverity.ERROR)));
        }
        else if (random.Chance(0.35))
        {
            plan.Lines.Add((duration / 2, LogLine.Structured(
                random.Chance(0.05) ? LogSeverity.WARNING : LogSeverity.DEBUG,
                new JsonObject { ["message"] = "cache " + random.Pick("hit", "hit", "miss"), ["key"] = sku, ["tookMs"] = random.Between(1, 9) })));
        }

        return plan;
    }

    private const string Traceback =
        "Traceback (most recent call last):\n"
        + "  File \"/app/catalog/api.py\", line 88, in get_item\n"
        + "    row = await self.items.fetch(sku)\n"
        + "  File \"/app/catalog/items.py\", line 41, in fetch\n"
        + "    raise PoolTimeout(self.pool.name)\n"
        + "catalog.errors.PoolTimeout: items-pool: no connection within 5.0s";
}
