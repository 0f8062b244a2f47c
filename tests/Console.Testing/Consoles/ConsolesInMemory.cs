using System.Collections.Concurrent;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Testing.Consoles;

/// <summary>One of several consoles that know of each other without a database. Disposing of it is the end of its process.</summary>
public sealed class ConsolesInMemory : IConsoles, ITurns, IDisposable
{
    private readonly ConcurrentDictionary<string, string> _living;
    private readonly ConcurrentDictionary<string, string> _turns;

    /// <summary>The first one.</summary>
    public ConsolesInMemory(string name = "console-1")
        : this(name, new(StringComparer.Ordinal), new(StringComparer.Ordinal))
    {
    }

    private ConsolesInMemory(string name, ConcurrentDictionary<string, string> living, ConcurrentDictionary<string, string> turns)
    {
        (Name, _living, _turns) = (name, living, turns);
        _living[name] = name;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>Another one beside this one.</summary>
    public ConsolesInMemory Another(string name) => new(name, _living, _turns);

    /// <inheritdoc />
    public Task<IReadOnlySet<string>> LivingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string>(_living.Keys, StringComparer.Ordinal));

    /// <inheritdoc />
    public Task<ITurn?> TryTakeAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<ITurn?>(_turns.TryAdd(name, Name) ? new Turn(() => _turns.TryRemove(name, out _)) : null);

    /// <inheritdoc />
    public void Dispose() => _living.TryRemove(Name, out _);

    private sealed class Turn(Action giveBack) : ITurn
    {
        public Task<bool> IsHeldAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public ValueTask DisposeAsync()
        {
            giveBack();
            return ValueTask.CompletedTask;
        }
    }
}
