namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>The health of the audit trail, told by the sealer and by the publisher, shown on every screen.</summary>
public sealed class SealHealth : IAuditHealth
{
    // Keys from here on are shown on the pages of the audit trail alone.
    private const string FirstQuiet = "3";
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _problems = new(StringComparer.Ordinal);
    private AuditHealth _current = new() { Unsealed = 0, TreeSize = 0 };

    /// <inheritdoc />
    public event EventHandler? Changed;

    /// <inheritdoc />
    public AuditHealth Current => Volatile.Read(ref _current);

    /// <summary>Changes the figures.</summary>
    public void Update(Func<AuditHealth, AuditHealth> change)
    {
        bool changed;
        lock (_lock)
        {
            var next = change(_current);
            changed = next != _current;
            Volatile.Write(ref _current, next);
        }

        if (changed)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Opens a problem, or closes it.</summary>
    /// <param name="key">Which; they are shown in the order of their keys, which begin with a digit: 1 an incident, 2 sealing stands still (both are alarms on every screen), 3 and more only on the pages of the audit trail.</param>
    /// <param name="sentence">What is wrong and what to do; null when it is well again.</param>
    /// <returns>True when the problem was not open before, or is not any more.</returns>
    public bool Report(string key, string? sentence)
    {
        bool turned;
        lock (_lock)
        {
            var known = _problems.TryGetValue(key, out var before);
            if (string.Equals(before, sentence, StringComparison.Ordinal))
            {
                return false;
            }

            turned = known != (sentence is not null);
            if (sentence is null)
            {
                _problems.Remove(key);
            }
            else
            {
                _problems[key] = sentence;
            }

            Volatile.Write(ref _current, _current with
            {
                Problems = [.. _problems.Values],
                Incidents = _problems.Keys.Count(static k => k.StartsWith('1')),
                Alarms = [.. _problems.Where(static p => string.CompareOrdinal(p.Key, FirstQuiet) < 0).Select(static p => p.Value)],
            });
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return turned;
    }
}
