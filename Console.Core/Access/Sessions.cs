using System.Collections.Concurrent;

namespace OpsConsole.Core.Access;

/// <summary>Sessions that were ended before their time, by signing out. Kept as long as a session may last.</summary>
public sealed class Sessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>Ends one: every circuit and every cookie of it.</summary>
    /// <param name="session">Id.</param>
    /// <param name="until">When it would have ended by itself.</param>
    public void End(string session, DateTimeOffset until)
    {
        _ended[session] = until;
        foreach (var (old, _) in _ended.Where(e => e.Value < time.GetUtcNow()))
        {
            _ended.TryRemove(old, out _);
        }
    }

    /// <summary>Whether it was ended.</summary>
    public bool IsEnded(string session) => _ended.ContainsKey(session);
}
