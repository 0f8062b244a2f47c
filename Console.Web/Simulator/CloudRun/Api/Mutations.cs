using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Operations;
using OpsConsole.Web.Simulator.Control;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Turns a write into an operation: its fate, its end on the clock, its entries in the audit log.</summary>
internal sealed class Mutations(OperationStore operations, FaultBook faults, AuditLog audit, Ids ids, TimeProvider time, TimeSpan duration)
{
    /// <summary>A dry run: the operation is done at once and is not kept, so that polling it gives 404.</summary>
    public Operation DryRun(string message, JsonObject resource) =>
        new(NewName(resource), message, time.GetUtcNow()) { Metadata = resource, Done = true };

    /// <summary>The write was refused: the audit log says so.</summary>
    public Reply Refuse(AuditCall call, ApiError error)
    {
        audit.Activity(call, time.GetUtcNow(), error, null, first: true, last: true);
        return error;
    }

    /// <summary>Starts the operation of a write that was stored.</summary>
    /// <param name="call">For the audit log.</param>
    /// <param name="message">The resource's message type.</param>
    /// <param name="resource">The resource as it is now.</param>
    /// <param name="end">What happens at the end.</param>
    /// <param name="immediate">Whether there is nothing to wait for.</param>
    public Operation Start(
        AuditCall call, string message, JsonObject resource, Func<DateTimeOffset, OperationFate, ApiResult<JsonObject>> end, bool immediate = false)
    {
        var name = NewName(resource);
        var fate = TakeFate(call.Name);
        call = call with { OperationId = name };
        audit.Activity(call, time.GetUtcNow(), null, null, first: true, last: false);
        return operations.Start(name, message, resource, fate.NeverEnds ? null : immediate ? TimeSpan.Zero : duration, () =>
        {
            var now = time.GetUtcNow();
            var result = end(now, fate);
            audit.Activity(call, now, result.Error, result.Value, first: false, last: true);
            return result;
        });
    }

    private OperationFate TakeFate(string name)
    {
        bool Fits(Fault fault) =>
            (fault.Path is null || ("/v2/" + name).StartsWith(fault.Path, StringComparison.Ordinal))
            && (fault.Region is null || fault.Region == ResourceName.LocationOf(name));
        var fault = faults.Take(f => f.Kind is FaultKind.OperationFails or FaultKind.OperationNeverEnds && Fits(f));
        return fault?.Kind switch
        {
            FaultKind.OperationNeverEnds => OperationFate.Normal with { NeverEnds = true },
            FaultKind.OperationFails => OperationFate.Normal with
            {
                Failure = new RevisionFailure(
                    fault.Reason ?? RevisionFailure.HealthCheck.Reason, fault.Message ?? RevisionFailure.HealthCheck.Message),
            },
            _ => OperationFate.Normal,
        };
    }

    private string NewName(JsonObject resource)
    {
        var parts = resource.Text("name").Split('/');
        return $"{ResourceName.Location(parts[1], parts[3])}/operations/{ids.Uuid()}";
    }
}
