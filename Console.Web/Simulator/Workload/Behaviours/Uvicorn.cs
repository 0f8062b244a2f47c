using System.Globalization;

namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>What a Python service on uvicorn writes around the application's own lines.</summary>
internal abstract class Uvicorn : ServiceBehaviour
{
    public override IEnumerable<(double Share, LogLine Line)> Startup(Seeded random) =>
    [
        (0.82, LogLine.Err("INFO:     Started server process [1]")),
        (0.83, LogLine.Err("INFO:     Waiting for application startup.")),
        (0.96, LogLine.Err("INFO:     Application startup complete.")),
        (0.97, LogLine.Err("INFO:     Uvicorn running on http://0.0.0.0:8080 (Press CTRL+C to quit)")),
    ];

    public override IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random) =>
    [
        (Milliseconds(random.Between(4.0, 30)), LogLine.Err("INFO:     Shutting down")),
        (Milliseconds(random.Between(100.0, 140)), LogLine.Err("INFO:     Waiting for application shutdown.")),
        (Milliseconds(random.Between(150.0, 420)), LogLine.Err("INFO:     Application shutdown complete.")),
        (Milliseconds(random.Between(421.0, 440)), LogLine.Err("INFO:     Finished server process [1]")),
    ];

    protected static LogLine AccessLine(Seeded random, string method, string path, int status) => LogLine.Out(string.Create(
        CultureInfo.InvariantCulture,
        $"INFO:     169.254.169.126:{random.Between(1024, 65000)} - \"{method} {path} HTTP/1.1\" {status} {Reason(status)}"));

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        401 => "Unauthorized",
        404 => "Not Found",
        409 => "Conflict",
        422 => "Unprocessable Entity",
        _ => "Internal Server Error",
    };
}
