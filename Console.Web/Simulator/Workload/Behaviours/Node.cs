using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>What a Node.js service writes around the application's own lines.</summary>
internal abstract class Node : ServiceBehaviour
{
    protected override double ColdStartSeconds => 1.5;

    public override IEnumerable<(double Share, LogLine Line)> Startup(Seeded random) =>
    [
        (0.4, LogLine.Out("> start")),
        (0.41, LogLine.Out("> node dist/main.js")),
        (0.95, LogLine.Out("server listening on port 8080")),
    ];

    public override IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random) =>
    [
        (Milliseconds(random.Between(2.0, 10)), LogLine.Out("SIGTERM signal received: closing HTTP server")),
        (Milliseconds(random.Between(12.0, 60)), LogLine.Out("HTTP server closed")),
    ];

    /// <summary>The access line of morgan's "tiny" format.</summary>
    protected static LogLine AccessLine(string method, string path, int status, long duration) => LogLine.Out(string.Create(
        CultureInfo.InvariantCulture,
        $"{method} {path} {status} - {duration / 1000.0:0.000} ms"));
}
