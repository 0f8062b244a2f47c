using System.Collections;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The certain or the probable request of each line: its number in <see cref="Logs.LogTable.Requests"/>, or -1. A line has one or
/// the other or none, so that both columns read the same four bytes (see <see cref="LineRequests"/>).
/// </summary>
public sealed class RequestColumn : IReadOnlyList<int>
{
    private readonly LineRequests _requests;
    private readonly bool _probable;

    internal RequestColumn(LineRequests requests, bool probable)
    {
        _requests = requests;
        _probable = probable;
    }

    /// <summary>How many lines there are.</summary>
    public int Count => _requests.Count;

    /// <summary>Request of a line, or -1.</summary>
    public int this[int index] => _probable ? _requests.ProbableOf(index) : _requests.Of(index);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
