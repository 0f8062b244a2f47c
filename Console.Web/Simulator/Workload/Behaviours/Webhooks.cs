using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Clean. Each event is looked up in the catalogue several times within one trace, which so spans two services.</summary>
internal sealed class Webhooks : Node
{
    public override TrafficShape Traffic => new(10, 4, 6);

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var duration = Milliseconds(random.LogNormal(260, 0.4));
        var shop = random.Pick("stripe", "shipwell", "github", "mailer");
        var path = $"/hooks/{shop}";
        var plan = new RequestPlan
        {
            Method = "POST",
            Path = path,
            Status = random.Chance(0.02) ? 401 : 204,
            Duration = duration,
            Access = AccessLine("POST", path, 204, duration),
            RequestSize = random.Between(900, 7000),
            ResponseSize = null,
            UserAgent = shop + "-hook/1.0",
        };
        plan.Lines.Add((duration / 4, LogLine.Structured(
            LogSeverity.INFO,
            new JsonObject { ["message"] = string.Create(CultureInfo.InvariantCulture, $"event {shop} received"), ["delivery"] = random.Hex(16) },
            TraceStyle.TraceAndSpan)));
        if (plan.Status < 400)
        {
            // In a short transaction of its own, before the answer.
            plan.Records.Add((duration / 4, new AuditRecordPlan("webhook.received", Customers.Workspace(context.TraceId), "webhook", shop, shop)));
        }

        for (var i = 0; i < random.Between(1, 4); i++)
        {
            plan.Calls.Add((duration * (i + 1) / 5, "catalog"));
        }

        return plan;
    }
}
