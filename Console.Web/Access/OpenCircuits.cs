using System.Collections.Concurrent;
using System.Globalization;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>How many pages each person has open, and whether there is room for another: each costs memory for as long as it is open, or waits for its connection to come back.</summary>
internal sealed class OpenCircuits(ConsoleSettings settings)
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>All of them.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Why a person may open no further page, and the status that says so; null when there is room.</summary>
    public (int Status, string Sentence)? WhyFull(string person) =>
        _open.GetValueOrDefault(person) >= settings.Limits.CircuitsPerPerson
            ? (StatusCodes.Status429TooManyRequests, string.Create(
                CultureInfo.InvariantCulture, $"You have {_open.GetValueOrDefault(person)} pages of this console open, and one person may have {settings.Limits.CircuitsPerPerson}. Close some of them, then reload this one. A page that was lost without a word counts for some minutes."))
        : Count >= settings.Limits.Circuits
            ? (StatusCodes.Status503ServiceUnavailable, string.Create(
                CultureInfo.InvariantCulture, $"{Count} pages of this console are open, and it has room for {settings.Limits.Circuits}. Nothing that is open is disturbed. Try again in a minute; if it stays so, an administrator raises Limits:Circuits, or gives the console more memory or another instance."))
        : null;

    /// <summary>One more; false when that is one too many, and then it does not count.</summary>
    public bool TryAdd(string person)
    {
        var mine = _open.AddOrUpdate(person, 1, static (_, n) => n + 1);
        if (Interlocked.Increment(ref _count) <= settings.Limits.Circuits && mine <= settings.Limits.CircuitsPerPerson)
        {
            return true;
        }

        Remove(person);
        return false;
    }

    /// <summary>One less.</summary>
    public void Remove(string person)
    {
        Interlocked.Decrement(ref _count);
        if (_open.AddOrUpdate(person, 0, static (_, n) => n - 1) <= 0)
        {
            _open.TryRemove(KeyValuePair.Create(person, 0));
        }
    }
}
