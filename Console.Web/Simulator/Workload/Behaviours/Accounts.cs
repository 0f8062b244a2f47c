using System.Globalization;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>
/// Sleeps one second after each response in the belief that this keeps the CPU, and logs when the sleep ends. Its audit records are written
/// in the background too. Its idle instances have a little CPU, so lines come late and in one narrow slot of each 100 ms.
/// </summary>
internal sealed class Accounts : Uvicorn
{
    public override TrafficShape Traffic => new(16, 4, 6);

    public override int TargetInFlight => 3;

    public override CpuSupply IdleSupply => CpuSupply.Slots;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var account = random.Between(10_000, 99_999);
        var (method, path, status, action) = random.Unit() switch
        {
            < 0.35 => ("POST", "/login", random.Chance(0.12) ? 401 : 200, "login"),
            < 0.50 => ("PATCH", string.Create(CultureInfo.InvariantCulture, $"/accounts/{account}"), 200, "profile.updated"),
            < 0.58 => ("POST", string.Create(CultureInfo.InvariantCulture, $"/accounts/{account}/roles"), 200, "role.granted"),
            _ => ("GET", string.Create(CultureInfo.InvariantCulture, $"/accounts/{account}"), 200, ""),
        };
        var duration = Milliseconds(random.LogNormal(60, 0.45));
        var plan = new RequestPlan
        {
            Method = method,
            Path = path,
            Status = status,
            Duration = duration,
            Access = AccessLine(random, method, path, status),
            RequestSize = random.Between(500, 1300),
            ResponseSize = random.Between(200, 900),
        };
        if (action.Length > 0)
        {
            plan.Lines.Add((duration / 2, LogLine.Out($"INFO:accounts.api:{action} account={account} status={status}")));
            plan.Background.Add(new BackgroundWork(
                BackgroundKind.Record,
                [BackgroundStep.Work(random.LogNormal(55, 0.5), LogLine.Out($"INFO:accounts.audit:audit commit action={action} account={account} outcome={(status < 400 ? "ok" : "denied")}")) with
                {
                    Record = new AuditRecordPlan(
                        "account." + action, Customers.Workspace(context.TraceId), "account", account.ToString(CultureInfo.InvariantCulture),
                        Customers.Actor(context.TraceId), status < 400 ? "success" : "denied"),
                }]));
        }

        plan.Background.Add(new BackgroundWork(
            BackgroundKind.Heartbeat,
            [BackgroundStep.Sleep(1, LogLine.Out("INFO:accounts.heartbeat:keep-alive heartbeat done after 1.0s"))]));
        return plan;
    }
}
