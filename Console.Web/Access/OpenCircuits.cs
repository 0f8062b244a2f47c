using System.Collections.Concurrent;

namespace OpsConsole.Web.Access;

/// <summary>How many pages each person has open.</summary>
internal sealed class OpenCircuits
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public int Count => _open.Values.Sum();

    /// <summary>One more; returns how many that makes.</summary>
    public int Add(string person) => _open.AddOrUpdate(person, 1, static (_, n) => n + 1);

    /// <summary>One less.</summary>
    public void Remove(string person)
    {
        if (_open.AddOrUpdate(person, 0, static (_, n) => n - 1) <= 0)
        {
            _open.TryRemove(KeyValuePair.Create(person, 0));
        }
    }
}
