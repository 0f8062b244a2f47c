using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>The events of a move beyond those of its steps.</summary>
internal sealed class MoveEvents(TimeProvider time, string console)
{
    private readonly ActEvents _acts = new(time);

    /// <summary>That somebody (or, with null, the console by itself) does something with a move.</summary>
    public AuditEvent Of(Actor? actor, ChangeRun first, MoveAct act, string reason)
    {
        var outcome = act == MoveAct.Stopped && actor is null ? AuditOutcome.Failure : AuditOutcome.Success;
        var made = actor is null
            ? _acts.OfSystem(AuditActions.ChangeMove, outcome, first.Resource.Project)
            : _acts.Of(actor, AuditActions.ChangeMove, outcome, first.Resource.Project);
        return made with
        {
            Reason = reason.Length == 0 ? null : reason.Length <= ChangeRules.LongestReason ? reason : reason[..ChangeRules.LongestReason],
            Resource = ChangeEvents.ResourceOf(first.Resource),
            Details = JsonSerializer.SerializeToElement(new MoveDetails(first.Id, act, console), MoveJson.Default.MoveDetails),
        };
    }

    /// <summary>The details; null for an event that is none of these.</summary>
    public static MoveDetails? Read(AuditEvent read)
    {
        try
        {
            return read.Action == AuditActions.ChangeMove ? read.Details?.Deserialize(MoveJson.Default.MoveDetails) : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
