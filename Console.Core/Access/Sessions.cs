using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Core.Access;

/// <summary>
/// Sessions that were ended before their time, by signing out. Kept in the database as long as a session may last, so that every console on it
/// knows: at once by their news, within a few seconds without. Answers at once from memory.
/// </summary>
public sealed class Sessions(ISessionStore store, ConsoleNews news, TimeProvider time, ILogger<Sessions> logger)
{
    /// <summary>So old may what is known be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, EndedSession> _ended = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, EndedSession> _unsaved = new(StringComparer.OrdinalIgnoreCase);
    private bool _failing;

    /// <summary>Raised when a session was ended here or elsewhere, on any thread: whoever shows something to it looks again.</summary>
    public event EventHandler? Ended;

    /// <summary>Id of a new session: a UUID of version 7 (RFC 9562), whose first 48 bits are when it began.</summary>
    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>Ends a session: every circuit and every cookie of it, here at once. While the database is away, the others learn of it later.</summary>
    /// <param name="session">Its id; or an e-mail address, for all sessions that this person has begun by now.</param>
    /// <param name="until">When it would have ended by itself.</param>
    public async Task EndAsync(string session, DateTimeOffset until)
    {
        var ended = new EndedSession(session, time.GetUtcNow(), until);
        _ended[session] = ended;
        _unsaved[session] = ended;
        Ended?.Invoke(this, EventArgs.Empty);
        using var patience = new CancellationTokenSource(Patience, time);
        await SaveAsync(patience.Token);
    }

    /// <summary>Whether it was ended.</summary>
    /// <param name="session">Id.</param>
    /// <param name="person">Whose it is.</param>
    public bool IsEnded(string session, string person) =>
        _ended.ContainsKey(session) || (_ended.TryGetValue(person, out var all) && BeganAt(session) is { } began && began <= all.At);

    /// <summary>Reads what other consoles ended, and keeps what could not be kept before.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached; what was known holds on.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        var now = time.GetUtcNow();
        var isNew = false;
        foreach (var ended in await store.ListAsync(now, cancellationToken))
        {
            isNew |= !_ended.TryGetValue(ended.Key, out var before) || before.At < ended.At;
            _ended.AddOrUpdate(ended.Key, ended, (_, known) => known.At > ended.At ? known : ended);
        }

        if (isNew)
        {
            Ended?.Invoke(this, EventArgs.Empty);
        }

        foreach (var (key, old) in _ended.Where(e => e.Value.Until < now))
        {
            _ended.TryRemove(KeyValuePair.Create(key, old));
        }
    }

    /// <summary>Reads again and again until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var told = news.NextOf(NewsTopic.Sessions);
            try
            {
                await RefreshAsync(cancellationToken);
                _failing = false;
            }
            catch (AuditUnavailableException e)
            {
                if (!_failing)
                {
                    Log.SessionsNotRead(logger, e.Message);
                }

                _failing = true;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.WhenAny(told, Task.Delay(MaxAge, time, cancellationToken));
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, ended) in _unsaved)
        {
            try
            {
                await store.AddAsync(ended, time.GetUtcNow(), cancellationToken);
                _unsaved.TryRemove(KeyValuePair.Create(key, ended));
            }
            catch (Exception e) when (e is AuditUnavailableException or OperationCanceledException)
            {
                // It is ended here; kept with the next look.
                Log.SessionsNotRead(logger, e.Message);
                return;
            }
        }
    }

    private static DateTimeOffset? BeganAt(string session) =>
        session.Length == 32 && long.TryParse(session.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
