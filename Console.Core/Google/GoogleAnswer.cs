using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Google;

/// <summary>What came of a call: a body, or the failure that stands in its place.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">The whole body of a 2xx answer.</param>
/// <param name="Error">Null with a body.</param>
/// <param name="Retryable">The same call may succeed later.</param>
/// <param name="RetryAfter">How long Google asks to wait.</param>
internal sealed record GoogleAnswer(int Status, ReadOnlyMemory<byte> Body, CloudRunError? Error, bool Retryable, TimeSpan? RetryAfter)
{
    public static GoogleAnswer Ok(int status, ReadOnlyMemory<byte> body) => new(status, body, null, false, null);

    public static GoogleAnswer Failed(CloudRunError error, int status = 0, bool retryable = false, TimeSpan? retryAfter = null) =>
        new(status, default, error, retryable, retryAfter);
}
