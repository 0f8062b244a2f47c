namespace OpsConsole.Core.Logs;

/// <summary>Cloud Logging, read page by page. All readers of a project share its quota of 60 calls a minute.</summary>
public interface ILogs
{
    /// <summary>
    /// Streams the pages of a query. Waits for the shared quota, retries what is safe to retry, and ends with a page
    /// that carries an error where it cannot go on. Stops at once when cancelled.
    /// </summary>
    IAsyncEnumerable<LogPage> ReadAsync(LogQuery query, CancellationToken cancellationToken);

    /// <summary>How the quota stands: calls made in the last minute and the limit, and how long a caller waits now.</summary>
    LogQuota Quota(string project);
}
