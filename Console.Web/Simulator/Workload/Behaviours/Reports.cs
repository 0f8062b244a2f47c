using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>
/// A Java service that takes 10 to 20 seconds to start, and is called so seldom that it often has to. The latency of a request that waited
/// leaves the wait out: its entry is written long after timestamp + latency.
/// </summary>
internal sealed class Reports : ServiceBehaviour
{
    public override TrafficShape Traffic => new(2.6, 4, 9);

    public override double BaseMemory => 600;

    public override double LatencyLeavesWaitOut => 0.75;

    protected override double ColdStartSeconds => 14;

    public override RequestPlan Plan(PlanContext context)
    {
        var random = context.Random;
        var duration = Milliseconds(random.LogNormal(700, 0.6));
        var month = random.Between(1, 12);
        var plan = new RequestPlan
        {
            Method = "GET",
            Path = string.Create(CultureInfo.InvariantCulture, $"/reports/sales/2026-{month:D2}"),
            Duration = duration,
            ResponseSize = random.Between(9_000, 400_000),
            Referer = "https://office.acme.example/reports",
        };
        plan.Lines.Add((duration / 10, Line(context, duration / 10, "ReportController", $"building sales report month={month}")));
        plan.Lines.Add((duration * 9 / 10, Line(context, duration * 9 / 10, "ReportController", $"report done rows={random.Between(200, 20_000)}")));
        return plan;
    }

    public override IEnumerable<(double Share, LogLine Line)> Startup(Seeded random) =>
    [
        (0.2, LogLine.Out("  .   ____          _            __ _ _")),
        (0.22, LogLine.Out("INFO 1 --- [main] c.acme.reports.ReportsApplication : Starting ReportsApplication v4.2.0 using Java 21.0.5 with PID 1")),
        (0.55, LogLine.Out("INFO 1 --- [main] o.hibernate.jpa.internal.util.LogHelper : HHH000204: Processing PersistenceUnitInfo [name: default]")),
        (0.9, LogLine.Out("INFO 1 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer : Tomcat started on port 8080 (http) with context path '/'")),
        (0.93, LogLine.Out("INFO 1 --- [main] c.acme.reports.ReportsApplication : Started ReportsApplication in " + random.Between(9, 19) + "." + random.Between(100, 999) + " seconds")),
    ];

    public override IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random) =>
    [
        (Milliseconds(random.Between(5.0, 40)), LogLine.Out("INFO 1 --- [ionShutdownHook] o.s.b.w.e.tomcat.GracefulShutdown : Commencing graceful shutdown. Waiting for active requests to complete")),
        (Milliseconds(random.Between(300.0, 900)), LogLine.Out("INFO 1 --- [ionShutdownHook] com.zaxxer.hikari.HikariDataSource : HikariPool-1 - Shutdown completed.")),
    ];

    private static LogLine Line(PlanContext context, long offset, string logger, string text)
    {
        _ = offset;
        return LogLine.Out($"INFO 1 --- [nio-8080-exec-{context.Random.Between(1, 10)}] c.acme.reports.{logger} : {text}");
    }
}
