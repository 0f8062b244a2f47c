using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Keeps what is recorded in a list; may be told to be out of order.</summary>
public sealed class AuditTrailInMemory : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly List<AuditEvent> _events = [];

    /// <summary>The sentence with which it refuses; null while it works.</summary>
    public string? Dead { get; set; }

    /// <summary>What was recorded, in order.</summary>
    public IReadOnlyList<AuditEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <inheritdoc />
    public Task<AuditReceipt> RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (Dead is not null)
        {
            throw new AuditUnavailableException(Dead);
        }

        if (AuditEventReader.WhyRefused(auditEvent) is { } why)
        {
            throw new AuditUnavailableException(why);
        }

        lock (_lock)
        {
            _events.Add(auditEvent);
            return Task.FromResult(new AuditReceipt(auditEvent.Workspace, auditEvent.Id, _events.Count, auditEvent.Time));
        }
    }
}
