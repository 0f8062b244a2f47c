using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail;

/// <summary>Records the console's own acts.</summary>
public sealed class AuditTrail(IAuditAppender appender) : IAuditTrail
{
    /// <summary>What stands as the one who appended the console's own acts.</summary>
    public const string AppendedBy = "opsconsole";

    /// <inheritdoc />
    public async Task<AuditReceipt> RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (AuditEventReader.WhyRefused(auditEvent) is { } why)
        {
            // A bug of ours; whoever called must not act all the same.
            throw new AuditUnavailableException($"The audit trail cannot record this: {why}");
        }

        var results = await appender.AppendAsync([auditEvent], AuditVia.Console, AppendedBy, cancellationToken);
        return results[0] switch
        {
            AppendResult.Recorded { Receipt: var receipt } => receipt,
            AppendResult.Duplicate { Receipt: var receipt } => receipt,
            _ => throw new AuditUnavailableException($"The audit trail holds another event with the id {auditEvent.Id}.") { HoldsAnother = true },
        };
    }
}
