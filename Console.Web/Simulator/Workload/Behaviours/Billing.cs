using System.Globalization;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Renders, stores and mails invoices after the response; with CPU always allocated that works.</summary>
internal sealed class Billing : ServiceBehaviour
{
    public override TrafficShape Traffic => new(14, 4, 5);

    protected override double ColdStartSeconds => 3.1;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var invoice = string.Create(CultureInfo.InvariantCulture, $"INV-2026-{random.Between(10_000, 99_999)}");
        var isNew = random.Chance(0.55);
        var duration = Milliseconds(random.LogNormal(isNew ? 120 : 40, 0.4));
        var plan = new RequestPlan
        {
            Method = isNew ? "POST" : "GET",
            Path = isNew ? "/invoices" : $"/invoices/{invoice}",
            Status = isNew ? 202 : 200,
            Duration = duration,
            RequestSize = random.Between(600, 5000),
            ResponseSize = random.Between(240, 2600),
            UserAgent = "acme-erp/12.4",
        };
        if (!isNew)
        {
            return plan;
        }

        plan.Lines.Add((duration / 2, LogLine.Out($"info: billing.invoices queued {invoice}")));
        plan.Background.Add(new BackgroundWork(
            BackgroundKind.Record,
            [
                BackgroundStep.Work(random.LogNormal(900, 0.4), LogLine.Out($"info: billing.pdf rendered {invoice} pages={random.Between(1, 6)}")),
                BackgroundStep.Work(random.LogNormal(350, 0.4), LogLine.Out($"info: billing.store uploaded gs://acme-invoices/2026/11/{invoice}.pdf")),
                BackgroundStep.Work(random.LogNormal(250, 0.5), LogLine.Out($"info: billing.mail sent {invoice}")) with
                {
                    Record = new AuditRecordPlan("invoice.issued", Customers.Workspace(context.TraceId), "invoice", invoice, "acme-erp"),
                },
            ]));
        return plan;
    }

    public override IEnumerable<(double Share, LogLine Line)> Startup(Seeded random) =>
    [
        (0.6, LogLine.Out("info: Microsoft.Hosting.Lifetime[14] Now listening on: http://[::]:8080")),
        (0.95, LogLine.Out("info: Microsoft.Hosting.Lifetime[0] Application started. Press Ctrl+C to shut down.")),
    ];

    public override IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random) =>
        [(Milliseconds(random.Between(3.0, 20)), LogLine.Out("info: Microsoft.Hosting.Lifetime[0] Application is shutting down..."))];
}
