using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What the audit trail records about itself: it starts, stops, falls behind, and what is wrong with it.</summary>
/// <param name="appender">Where they are recorded, as any other event.</param>
/// <param name="time">The clock.</param>
public sealed class SystemEvents(IAuditAppender appender, TimeProvider time)
{
    /// <summary>Id of the actor.</summary>
    public const string Actor = "opsconsole";

    /// <summary>Records one.</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="outcome">How it is.</param>
    /// <param name="reason">A sentence.</param>
    /// <param name="details">An object of names and numbers; null for none.</param>
    /// <param name="id">The same incident has the same id, so that it is recorded once; null for a fresh one.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>False when the store did not take it: the health says so too.</returns>
    public Task<bool> TryRecordAsync(string action, AuditOutcome outcome, string reason, object? details, string? id, CancellationToken cancellationToken) =>
        TryRecordAsync(action, outcome, reason, details, id, null, cancellationToken);

    /// <summary>The same about something.</summary>
    public async Task<bool> TryRecordAsync(
        string action, AuditOutcome outcome, string reason, object? details, string? id, AuditResource? resource, CancellationToken cancellationToken)
    {
        var e = new AuditEvent
        {
            Id = id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("D", CultureInfo.InvariantCulture),
            Time = AuditTime.Truncate(time.GetUtcNow()),
            Workspace = AuditWorkspaces.Console,
            Actor = new AuditActor { Type = AuditActorType.System, Id = Actor },
            Action = action,
            Outcome = outcome,
            Reason = reason,
            Resource = resource,
            Details = details is null ? null : JsonSerializer.SerializeToElement(details),
        };
        try
        {
            await appender.AppendAsync([e], AuditVia.Console, AuditTrail.AppendedBy, cancellationToken);
            return true;
        }
        catch (AuditUnavailableException)
        {
            return false;
        }
    }
}
