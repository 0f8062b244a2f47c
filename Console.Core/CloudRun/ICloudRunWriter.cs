namespace OpsConsole.Core.CloudRun;

/// <summary>
/// Writing to Cloud Run. Apart from <see cref="ICloudRun"/>, so that what only reads cannot write. No write is ever sent twice:
/// after <see cref="CloudRunError.Unavailable"/>, <see cref="CloudRunError.QuotaExceeded"/> or
/// <see cref="CloudRunError.BadAnswer"/> it is not known whether it took, and the caller has to look.
/// Source: google/cloud/run/v2 (Admin API v2), google/longrunning/operations.proto.
/// </summary>
public interface ICloudRunWriter
{
    /// <summary>Changes a service or worker pool.</summary>
    /// <param name="resource">Which.</param>
    /// <param name="body">JSON with the masked fields and the etag; a stale etag is refused with <see cref="CloudRunError.Conflict"/>.</param>
    /// <param name="mask">Paths of the update mask.</param>
    /// <param name="validateOnly">A dry run: checks, and stores nothing. Its operation cannot be followed.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer, not the write.</param>
    Task<CloudResult<Operation>> PatchAsync(
        ResourceName resource, string body, IReadOnlyList<string> mask, bool validateOnly, CancellationToken cancellationToken);

    /// <summary>Looks at an operation.</summary>
    Task<CloudResult<Operation>> GetOperationAsync(string operation, CancellationToken cancellationToken);

    /// <summary>Waits for an operation at most so long; it may come back earlier, and then it is not done.</summary>
    Task<CloudResult<Operation>> WaitOperationAsync(string operation, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Starts an execution of a job. The operation's resource is the execution; it ends when the execution does.</summary>
    /// <param name="job">Which.</param>
    /// <param name="etag">State of the job that is meant; empty takes whichever it is.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    Task<CloudResult<Operation>> RunJobAsync(ResourceName job, string etag, CancellationToken cancellationToken);

    /// <summary>Cancels an execution.</summary>
    Task<CloudResult<Operation>> CancelExecutionAsync(ResourceName execution, CancellationToken cancellationToken);
}
