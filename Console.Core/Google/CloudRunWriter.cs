using System.Text;
using System.Text.Json;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.Google;

/// <summary>
/// Writes of the Cloud Run Admin API v2 over REST. A write is sent once (<see cref="GoogleCall.Retries"/> is 0); looking at an
/// operation is a read and tried again like one.
/// </summary>
internal sealed class CloudRunWriter(GoogleConnection connection, GoogleTransport transport) : ICloudRunWriter
{
    public Task<CloudResult<Operation>> PatchAsync(
        ResourceName resource, string body, IReadOnlyList<string> mask, bool validateOnly, CancellationToken cancellationToken)
    {
        var query = $"?updateMask={Uri.EscapeDataString(string.Join(',', mask))}{(validateOnly ? "&validateOnly=true" : "")}";
        return SendAsync(Write(HttpMethod.Patch, resource, query, $"run.{resource.Collection.ToLowerInvariant()}.update", body), cancellationToken);
    }

    public Task<CloudResult<Operation>> GetOperationAsync(string operation, CancellationToken cancellationToken) =>
        SendAsync(OfOperation(HttpMethod.Get, operation, ""), cancellationToken);

    public Task<CloudResult<Operation>> WaitOperationAsync(string operation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The answer has to come within the time of one attempt.
        var longest = connection.Timeout / 2;
        var wait = timeout < longest ? timeout : longest;
        var body = Encoding.UTF8.GetBytes($$"""{"timeout":"{{ProtoDuration.Format(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)))}}"}""");
        return SendAsync(OfOperation(HttpMethod.Post, operation, ":wait") with { Body = body }, cancellationToken);
    }

    public Task<CloudResult<Operation>> RunJobAsync(ResourceName job, string etag, CancellationToken cancellationToken) =>
        SendAsync(Write(HttpMethod.Post, job, ":run", "run.jobs.run", etag.Length == 0 ? "{}" : $"{{\"etag\":\"{JsonEncodedText.Encode(etag)}\"}}"), cancellationToken);

    public Task<CloudResult<Operation>> CancelExecutionAsync(ResourceName execution, CancellationToken cancellationToken) =>
        SendAsync(Write(HttpMethod.Post, execution, ":cancel", "run.executions.cancel", "{}"), cancellationToken);

    private GoogleCall Write(HttpMethod method, ResourceName resource, string suffix, string permission, string body) =>
        new(method, Address(resource.Value, suffix), $"Cloud Run in {resource.Location}", permission, resource.Value)
        {
            Body = Encoding.UTF8.GetBytes(body),
            Retries = 0,
        };

    private GoogleCall OfOperation(HttpMethod method, string operation, string suffix)
    {
        var location = operation.Split('/') is { Length: >= 4 } parts ? parts[3] : "";
        return new GoogleCall(method, Address(operation, suffix), $"Cloud Run in {location}", "run.operations.get", operation);
    }

    private Uri Address(string name, string suffix) =>
        new(connection.CloudRunBaseAddress, $"v2/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}{suffix}");

    private async Task<CloudResult<Operation>> SendAsync(GoogleCall call, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(call, cancellationToken);
        if (answer.Error is not null)
        {
            return answer.Error;
        }

        try
        {
            if (JsonSerializer.Deserialize(answer.Body.Span, WireJson.Default.OperationWire) is { Name.Length: > 0 } wire)
            {
                return new Operation
                {
                    Name = wire.Name,
                    Done = wire.Done,
                    Error = wire.Error is null ? null : wire.Error.Message is { Length: > 0 } message ? message : $"code {wire.Error.Code}",
                    ErrorCode = wire.Error?.Code ?? 0,
                    ResourceJson = (wire.Response ?? wire.Metadata)?.GetRawText() ?? "",
                };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Told below.
        }

        return new CloudRunError.BadAnswer(call.What, $"{GoogleErrors.Describe(answer.Body)}.");
    }
}
