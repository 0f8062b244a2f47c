using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Keeps what is recorded in a list; may be told to be out of order.</summary>
public sealed class AuditTrailInMemory : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly List<AuditEvent> _events = [];
    private readonly List<AuditEvent> _late = [];

    /// <summary>The sentence with which it refuses; null while it works.</summary>
    public string? Dead { get; set; }

    /// <summary>It takes what comes, and its answer is lost: whoever asked is told no, and the event is there after <see cref="Deliver"/>.</summary>
    public bool IsLate { get; set; }

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

    /// <summary>Commits what came late.</summary>
    public void Deliver()
    {
        lock (_lock)
        {
            _events.AddRange(_late);
            _late.Clear();
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
            if (IsLate)
            {
                _late.Add(auditEvent);
                throw new AuditUnavailableException("No answer in time.");
            }

            // As the store: the same event again is the first one, another under its id is refused.
            var at = _events.FindIndex(e => e.Workspace == auditEvent.Workspace && e.Id == auditEvent.Id);
            if (at >= 0 && AuditEventWriter.Print(_events[at]) != AuditEventWriter.Print(auditEvent))
            {
                throw new AuditUnavailableException($"The audit trail holds another event with the id {auditEvent.Id}.") { HoldsAnother = true };
            }

            if (at >= 0)
            {
                return Task.FromResult(new AuditReceipt(auditEvent.Workspace, auditEvent.Id, at + 1, _events[at].Time));
            }

            _events.Add(auditEvent);
            return Task.FromResult(new AuditReceipt(auditEvent.Workspace, auditEvent.Id, _events.Count, auditEvent.Time));
        }
    }
}
