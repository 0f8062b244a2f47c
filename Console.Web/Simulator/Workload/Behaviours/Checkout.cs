using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>
/// A FastAPI-like service that answers first and writes its audit record in a background task, through a database session of its own:
/// without CPU after the response the commit stalls, and is lost when the instance goes away.
/// </summary>
internal sealed class Checkout : Uvicorn
{
    public override TrafficShape Traffic => new(12, 9, 3);

    public override int TargetInFlight => 3;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var order = random.Hex(10);
        var workspace = "ws-" + random.Between(101, 160);
        var (method, path, status, action) = random.Unit() switch
        {
            < 0.52 => ("POST", "/orders", random.Chance(0.03) ? 422 : 201, "order.created"),
            < 0.64 => ("POST", $"/orders/{order}/confirm", 200, "order.confirmed"),
            < 0.70 => ("DELETE", $"/orders/{order}/items/{random.Between(1, 6)}", 204, "order.item_removed"),

            // Waits for news of the order: the CPU stays as long, and what others left behind gets done.
            < 0.80 => ("GET", $"/orders/{order}/status?wait=true", 200, ""),
            _ => ("GET", $"/orders/{order}", random.Chance(0.04) ? 404 : 200, ""),
        };
        var waits = path.EndsWith("wait=true", StringComparison.Ordinal);
        var duration = Milliseconds(random.LogNormal(waits ? 4_500 : method == "GET" ? 35 : 95, 0.5));
        var plan = new RequestPlan
        {
            Method = method,
            Path = path,
            Status = status,
            Duration = duration,
            Access = AccessLine(random, method, path, status),
            RequestSize = random.Between(620, 2400),
            ResponseSize = random.Between(180, 1900),
        };
        if (action.Length == 0 || status >= 400)
        {
            return plan;
        }

        plan.Lines.Add((duration / 3, LogLine.Structured(
            LogSeverity.INFO,
            new JsonObject { ["message"] = $"{action} accepted", ["workspace"] = workspace, ["order"] = order },
            TraceStyle.TraceAndSpan)));
        if (action == "order.confirmed")
        {
            plan.Calls.Add((duration / 2, "pricing"));
        }

        plan.Background.Add(new BackgroundWork(BackgroundKind.Record, Audit(random, action, order, workspace, context.TraceId)));
        return plan;
    }

    private static List<BackgroundStep> Audit(Seeded random, string action, string order, string workspace, string traceId)
    {
        // Most of the program logs with the trace it read from the request's headers; the older part prints plain text.
        var traced = action == "order.created";
        var commit = traced
            ? LogLine.Structured(
                LogSeverity.INFO,
                new JsonObject { ["message"] = $"audit commit {action}", ["workspace"] = workspace, ["order"] = order },
                TraceStyle.TraceAndSpan)
            : LogLine.Out($"audit commit {action} workspace={workspace} order={order} trace_id={traceId}");
        return
        [
            BackgroundStep.Work(random.LogNormal(28, 0.5), null),
            BackgroundStep.Work(random.LogNormal(60, 0.6), commit) with
            {
                Record = new AuditRecordPlan(action, workspace, "order", order, Customers.Actor(traceId)),
            },
        ];
    }
}
