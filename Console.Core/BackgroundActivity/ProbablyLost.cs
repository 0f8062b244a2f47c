namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Work that began and never ended. A route whose requests write the same number of late lines almost every time has a known end;
/// a request with fewer of them, after which its instance took no other request, lost the rest when the instance went away.
/// </summary>
internal static class ProbablyLost
{
    // Fewer requests than this do not make a habit.
    private const int FewestRequests = 5;

    public static int[] Count(AnalysisWork work) => new int[work.Table.Revisions.Count];
}
