using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>
/// The last look before a change is recorded and sent: does the resource, as it is now, take a second person, and has one approved
/// just this? It believes nothing that a screen says: the resource is read anew, and the approval is read from the trail.
/// </summary>
public sealed class ApprovalGate(ICloudRun cloudRun, ApprovalPolicy policy, ApprovalBook book, TimeProvider time)
{
    /// <summary>Lets a change through, or says why not.</summary>
    /// <exception cref="AuditTrail.AuditUnavailableException">The trail, which holds the approvals, cannot be read.</exception>
    internal async Task<GateAnswer> CheckAsync(Plan plan, ChangeContext context, CancellationToken cancellationToken)
    {
        if (context.Approval is { } id)
        {
            return await book.FindAsync(plan.Resource.Project, id, cancellationToken) is not { } request
                ? new GateAnswer(new ChangeError.NotApproved("there is no such request on the record."), null)
                : request.WhyNot(plan, time.GetUtcNow()) is { } whyNot
                    ? new GateAnswer(new ChangeError.NotApproved(whyNot), null)
                    : new GateAnswer(null, request.Decision!.ActorName);
        }

        // Running a job, or cancelling an execution, changes no settings.
        if (plan.Resource.Collection == "jobs")
        {
            return new GateAnswer(null, null);
        }

        var read = await Target.ReadAsync(cloudRun, plan.Resource, cancellationToken);
        return read switch
        {
            // Gone: there is nothing to protect, and the answer to the PATCH says so in Google's words.
            { Error: CloudRunError.NotFound } => new GateAnswer(null, null),
            { Error: { } error } => new GateAnswer(new ChangeError.NotKnown(error.Message), null),
            _ => new GateAnswer(policy.WhyNeeded(plan.Resource, read.Value!.RawJson) is { } why ? new ChangeError.NeedsApproval(why) : null, null),
        };
    }
}
