using OpsConsole.Core.Access;

namespace OpsConsole.Testing.Access;

/// <summary>Ended sessions in a list.</summary>
public sealed class SessionsInMemory : ISessionStore
{
    private readonly List<EndedSession> _ended = [];

    /// <inheritdoc />
    public Task<IReadOnlyList<EndedSession>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EndedSession>>([.. _ended]);

    /// <inheritdoc />
    public Task AddAsync(EndedSession ended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _ended.Add(ended);
        return Task.CompletedTask;
    }
}
