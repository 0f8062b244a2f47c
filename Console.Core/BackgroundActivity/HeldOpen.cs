namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Recognises the attempt to hold the CPU by a short sleep after each response: a line that comes the same round time after the
/// end of every request (<c>await asyncio.sleep(1)</c>, then a line). It holds no request open and therefore no CPU.
/// </summary>
internal static class HeldOpen
{
    private const int FewestRequests = 5;
    private const double ShareOnTime = 0.8;
    private const long ShortestSleep = 200 * Rules.Millisecond;
    private const long LongestSleep = 10 * Rules.Second;

    // People sleep for round tenths of a second; scheduling adds some milliseconds.
    private const long RoundTo = 100 * Rules.Millisecond;
    private const long Overhead = 40 * Rules.Millisecond;

    public static bool Is(FindingDraft draft)
    {
        var tails = draft.Occurrences.Where(o => o.Tail > 0).Select(o => o.Tail).Order().ToList();

        // An idle line names no request: there each one stands for the request that ended last before it.
        if ((draft.Idle ? tails.Count : draft.Requests.Count) < FewestRequests)
        {
            return false;
        }

        var median = tails[tails.Count / 2];
        if (median < ShortestSleep || median > LongestSleep || median % RoundTo > Overhead)
        {
            return false;
        }

        var onTime = tails.Count(tail => Math.Abs(tail - median) <= Math.Max(30 * Rules.Millisecond, median * 3 / 100));
        return onTime >= ShareOnTime * draft.Occurrences.Count;
    }
}
