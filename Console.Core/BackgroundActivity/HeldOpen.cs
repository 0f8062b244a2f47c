namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Recognises the attempt to hold the CPU by a short sleep after each response: a line that comes the same round time after the
/// end of every request (<c>await asyncio.sleep(1)</c>, then a line). It holds no request open and therefore no CPU.
/// </summary>
internal static class HeldOpen
{
    private const int FewestRequests = 5;
    private const double ShareOnTime = 0.8;
    private const long ShortestSleep = 450 * Rules.Millisecond;
    private const long LongestSleep = 10 * Rules.Second;

    // People sleep for half and whole seconds; without CPU the sleeper wakes up to one quota period of 100 ms late.
    private const long RoundTo = 500 * Rules.Millisecond;
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
        var early = tails[tails.Count / 4] % RoundTo;
        if (median < ShortestSleep || median > LongestSleep || Math.Min(early, RoundTo - early) > Overhead)
        {
            return false;
        }

        var slack = Math.Max(30 * Rules.Millisecond, Math.Min(100 * Rules.Millisecond, median / 10));
        var onTime = tails.Count(tail => Math.Abs(tail - median) <= slack);
        return onTime >= ShareOnTime * draft.Occurrences.Count;
    }
}
