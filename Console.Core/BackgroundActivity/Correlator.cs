using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Finds the work that goes on after the response. Pure: the same table and options give the same result.</summary>
public static class Correlator
{
    /// <summary>Classifies every line of a table.</summary>
    public static Analysis Analyse(LogTable table, CorrelatorOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
