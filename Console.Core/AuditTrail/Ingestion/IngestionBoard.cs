using System.Collections.Concurrent;

namespace OpsConsole.Core.AuditTrail.Ingestion;

/// <summary>How the copying of Google's audit logs stands, for the screen.</summary>
public sealed class IngestionBoard
{
    private readonly ConcurrentDictionary<string, IngestionState> _states = new(StringComparer.Ordinal);

    /// <summary>Raised when something changes, on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>By project.</summary>
    public IReadOnlyList<IngestionState> States => [.. _states.Values.OrderBy(static s => s.Project, StringComparer.Ordinal)];

    /// <summary>Tells of one.</summary>
    public void Tell(IngestionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _states[state.Project] = state;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
