using System.Globalization;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The platform's own messages, word for word as Cloud Run writes them.</summary>
internal static class PlatformText
{
    public const string NoInstance =
        "The request was aborted because there was no available instance. Additional troubleshooting documentation can be found at: "
        + "https://cloud.google.com/run/docs/troubleshooting#abort-request";

    public const string TooMuchMemory =
        "While handling this request, the container instance was found to be using too much memory and was terminated. This is likely to cause "
        + "a new container instance to be used for the next request to this revision. If you see this message frequently, you may have a memory "
        + "leak in your code or may need more memory. Consider creating a new revision with more memory.";

    public const string Timeout =
        "The request has been terminated because it has reached the maximum request timeout. To change this limit, see "
        + "https://cloud.google.com/run/docs/configuring/request-timeout";

    public const string Malformed =
        "The request failed because either the HTTP response was malformed or connection to the instance had an error. "
        + "Additional troubleshooting documentation can be found at: https://cloud.google.com/run/docs/troubleshooting#malformed-response-or-connection-error";

    /// <summary>A revision was replaced, or manual scaling went to fewer. Scale-in of an idle instance says nothing.</summary>
    public static readonly LogLine Disabled = LogLine.Platform("Shutting down user disabled instance", LogSeverity.INFO);

    public static readonly LogLine Signal9 = LogLine.Platform("Container terminated on signal 9.", LogSeverity.WARNING);

    public static LogLine Starting(StartReason reason) => LogLine.Platform(
        reason switch
        {
            StartReason.MinimumOrManual =>
                "Starting new instance. Reason: MANUAL_OR_CUSTOMER_MIN_INSTANCE - Instance started because of customer-configured min-instances or manual scaling.",
            StartReason.DeploymentRollout =>
                "Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, "
                + "traffic split adjustment, or deployment health check.",
            _ =>
                "Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors (e.g. CPU utilization, request "
                + "throughput, etc.) or no existing capacity for current traffic.",
        },
        LogSeverity.INFO);

    /// <summary>The start-up probe found the container listening; with a path it is an HTTP probe that the service set up.</summary>
    public static LogLine ProbeSucceeded(string container, int port, string? path) => LogLine.Platform(
        path is null
            ? string.Create(CultureInfo.InvariantCulture, $"Default STARTUP TCP probe succeeded after 1 attempt for container \"{container}\" on port {port}.")
            : string.Create(CultureInfo.InvariantCulture, $"STARTUP HTTP probe succeeded after 1 attempt for container \"{container}\" on port {port} path \"{path}\"."),
        LogSeverity.INFO);

    public static LogLine ProbeFailed(string container, int port, string? path) => LogLine.Platform(
        (path is null
            ? $"Default STARTUP TCP probe failed 1 time consecutively for container \"{container}\" on port {port}. The instance was not started.\n"
            : $"STARTUP HTTP probe failed 12 times consecutively for container \"{container}\" on port {port} path \"{path}\". The instance was not started.\n")
            + "Connection failed with status ERROR_CONNECTION_FAILED.",
        LogSeverity.ERROR);

    public static LogLine MemoryExceeded(int limit, int used) => LogLine.Platform(
        $"Memory limit of {limit} MiB exceeded with {used} MiB used. Consider increasing the memory limit, see "
            + "https://cloud.google.com/run/docs/configuring/memory-limits",
        LogSeverity.ERROR);
}
