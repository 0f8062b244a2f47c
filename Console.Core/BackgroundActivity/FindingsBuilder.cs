namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Groups late lines by message template, per revision.</summary>
internal static class FindingsBuilder
{
    public static IReadOnlyList<Finding> Build(AnalysisWork work, CancellationToken cancellationToken) => [];
}
