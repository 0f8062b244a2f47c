namespace OpsConsole.Web.Simulator.Logging;

/// <summary>Cloud Logging v2 over REST: <c>/v2/entries:list</c> and <c>/v2/entries:write</c>.</summary>
public static class LoggingEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapLogging(this IEndpointRouteBuilder app, LogStore store, TimeProvider time, LoggingOptions options)
    {
        _ = app;
        _ = store;
        _ = time;
        _ = options;
    }
}
