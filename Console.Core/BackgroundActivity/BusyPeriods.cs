namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Stretches of one instance with at least one request in flight. Between them the instance is idle, and without CPU
/// where billing is request-based.
/// </summary>
internal sealed class BusyPeriods
{
    private readonly List<Period> _periods = [];

    public int Count => _periods.Count;

    public Period this[int index] => _periods[index];

    /// <summary>From requests in order of their starts.</summary>
    public void Fill(InstanceWork work, RequestEnds ends)
    {
        _periods.Clear();
        for (var i = 0; i < work.RequestCount; i++)
        {
            var start = work.Starts[i];
            var end = ends.End[work.Requests[i]];
            if (_periods.Count > 0 && start <= _periods[^1].End)
            {
                var last = _periods[^1];
                _periods[^1] = last with { End = Math.Max(last.End, end), Requests = last.Requests + 1 };
            }
            else
            {
                _periods.Add(new Period(start, end, i, 1));
            }
        }
    }

    /// <summary>One stretch.</summary>
    /// <param name="Start">Start of its first request.</param>
    /// <param name="End">Latest end of its requests.</param>
    /// <param name="First">Local number of its first request: the one that woke the instance.</param>
    /// <param name="Requests">How many requests it holds.</param>
    internal readonly record struct Period(long Start, long End, int First, int Requests);
}
