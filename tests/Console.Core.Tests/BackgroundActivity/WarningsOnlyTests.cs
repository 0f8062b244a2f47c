using System.Globalization;
using System.Text;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>Exports filtered by severity lack the requests that went well: nobody knows who was in flight.</summary>
public sealed class WarningsOnlyTests
{
    [Fact]
    public void Analyse_OnlyWarningsAndFailedRequests_DecidesNothingAboutIdleLines()
    {
        var analysis = Run("ERROR", 500);

        Assert.True(analysis.WarningsOnly);
        Assert.All(analysis.Classes, c => Assert.Equal(EntryClass.Unattributed, c));
        var summary = Assert.Single(analysis.Revisions);
        Assert.Equal(Verdict.CannotTell, summary.Verdict);
        Assert.Contains("warnings and errors only", summary.VerdictReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INFO", 500)]
    [InlineData("ERROR", 200)]
    [InlineData("", 500)]
    public void Analyse_AnythingLessThanAWarning_IsJudged(string severity, int status)
    {
        var analysis = Run(severity, status);

        Assert.False(analysis.WarningsOnly);
        Assert.All(analysis.Classes, c => Assert.Equal(EntryClass.IdleInstance, c));
    }

    /// <summary>Eight failed requests, and a line five seconds after each.</summary>
    private static Analysis Run(string severity, int status)
    {
        var builder = new LogTableBuilder();
        for (var i = 0; i < 8; i++)
        {
            var (at, after) = (Time(i * 10), Time((i * 10) + 5));
            Add($$$"""{"insertId":"r{{{i}}}","logName":"projects/p/logs/run.googleapis.com%2Frequests","timestamp":"{{{at}}}","labels":{"instanceId":"i1"},"httpRequest":{"latency":"0.1s","status":{{{(i == 3 ? status : 500)}}}},"resource":{"type":"cloud_run_revision"}}""");
            Add($$$"""{"insertId":"l{{{i}}}","logName":"projects/p/logs/run.googleapis.com%2Fstderr","timestamp":"{{{after}}}","labels":{"instanceId":"i1"},"severity":"{{{(i == 3 ? severity : "ERROR")}}}","textPayload":"boom","resource":{"type":"cloud_run_revision"}}""");
        }

        using var table = builder.Build();
        return Correlator.Analyse(table, new CorrelatorOptions(), CancellationToken.None);

        void Add(string json) => builder.Add(Encoding.UTF8.GetBytes(json));
        static string Time(int second) => new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
