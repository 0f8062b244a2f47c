using System.Collections.Concurrent;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>How all anchors and witnesses stand; told by their loops, shown on the screen.</summary>
public sealed class OutsideBoard
{
    private readonly ConcurrentDictionary<string, OutsideState> _states = new(StringComparer.Ordinal);

    /// <summary>Raised when something changes, on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>All, anchors first.</summary>
    public IReadOnlyList<OutsideState> States => [.. _states.Values.OrderBy(static s => s.IsWitness).ThenBy(static s => s.Name, StringComparer.Ordinal)];

    /// <summary>Tells of one.</summary>
    public void Tell(OutsideState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!_states.TryGetValue(state.Name, out var before) || before != state)
        {
            _states[state.Name] = state;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}
