namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Which numbers were seen, as ranges. They come nearly in order, so that there are few: memory is bounded by how many gaps there are.
/// </summary>
internal sealed class NumberBook
{
    // In order, apart from each other by at least one number.
    private readonly List<Range> _ranges = [];

    /// <summary>The largest number seen; 0 before the first.</summary>
    public long Last => _ranges.Count == 0 ? 0 : _ranges[^1].To;

    /// <summary>Notes numbers as seen; false when one of them was seen before.</summary>
    /// <param name="from">First.</param>
    /// <param name="to">Last.</param>
    /// <param name="at">When it was sealed, or recorded, in microseconds.</param>
    public bool Add(long from, long to, long at)
    {
        if (to < from)
        {
            return false;
        }

        // The place of the first range that ends at or behind `from`.
        var place = _ranges.Count;
        if (place > 0 && _ranges[^1].To >= from)
        {
            var low = 0;
            var high = _ranges.Count - 1;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _ranges[middle].To >= from ? (low, middle) : (middle + 1, high);
            }

            place = low;
        }

        if (place < _ranges.Count && _ranges[place].From <= to)
        {
            return false;
        }

        var joinsLeft = place > 0 && _ranges[place - 1].To == from - 1;
        var joinsRight = place < _ranges.Count && _ranges[place].From == to + 1;
        if (joinsLeft)
        {
            _ranges[place - 1] = _ranges[place - 1] with { To = joinsRight ? _ranges[place].To : to };
            if (joinsRight)
            {
                _ranges.RemoveAt(place);
            }
        }
        else if (joinsRight)
        {
            _ranges[place] = new Range(from, _ranges[place].To, at);
        }
        else
        {
            _ranges.Insert(place, new Range(from, to, at));
        }

        return true;
    }

    /// <summary>The first number from 1 to this one that was not seen; null when all were.</summary>
    public long? Unsettled(long through)
    {
        var first = _ranges.Count > 0 && _ranges[0].From <= 1 ? _ranges[0].To + 1 : 1;
        return first <= through ? first : null;
    }

    /// <summary>True when the number was seen.</summary>
    public bool Contains(long number) => _ranges.Exists(r => r.From <= number && number <= r.To);

    /// <summary>The numbers from 1 on that were not seen below the largest that was: first, last, and the time of the one behind them.</summary>
    public IEnumerable<(long From, long To, long SeenAt)> Gaps()
    {
        var from = 1L;
        foreach (var range in _ranges)
        {
            if (range.From > from)
            {
                yield return (from, range.From - 1, range.At);
            }

            from = range.To + 1;
        }
    }

    private readonly record struct Range(long From, long To, long At);
}
