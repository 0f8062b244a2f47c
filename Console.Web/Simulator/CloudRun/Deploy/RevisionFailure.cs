namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Why a revision did not become ready.</summary>
/// <param name="Reason">A RevisionReason: <c>HEALTH_CHECK_CONTAINER_ERROR</c>.</param>
/// <param name="Message">The text for people.</param>
internal sealed record RevisionFailure(string Reason, string Message)
{
    /// <summary>The container does not listen: the text is Cloud Run's own.</summary>
    public static RevisionFailure HealthCheck { get; } = new(
        "HEALTH_CHECK_CONTAINER_ERROR",
        "The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable "
        + "within the allocated timeout. This can happen when the container port is misconfigured or if the timeout is too short. "
        + "The health check timeout can be extended. Logs for this revision might contain more information.");
}
