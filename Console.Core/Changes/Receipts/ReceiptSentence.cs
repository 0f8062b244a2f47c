using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// A receipt in one line: the setting, and the number that people make such a change for:
/// <c>min 0 → 2: 41 → 0 cold-start victims</c>.
/// </summary>
internal static class ReceiptSentence
{
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["scaling.minInstanceCount"] = "min",
        ["scaling.maxInstanceCount"] = "max",
        ["template.scaling.minInstanceCount"] = "revision min",
        ["template.scaling.maxInstanceCount"] = "revision max",
        ["template.maxInstanceRequestConcurrency"] = "concurrency",
        ["template.timeout"] = "timeout",
        ["traffic"] = "traffic",
    };

    /// <summary>With numbers.</summary>
    public static string Of(Change change, IReadOnlyList<SettingChange> settings, ReceiptNumbers before, ReceiptNumbers after) =>
        $"{Settings(settings)}: {Effect(change, settings, before, after)}";

    /// <summary>Without.</summary>
    public static string Unknown(IReadOnlyList<SettingChange> settings) => $"{Settings(settings)}: the logs cannot tell what it did";

    private static string Settings(IReadOnlyList<SettingChange> settings)
    {
        const int most = 2;
        var named = settings.Take(most).Select(static s => $"{Short.GetValueOrDefault(s.Path, s.Name)} {s.Before} → {s.After}");
        var more = settings.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {settings.Count - most} more") : "";
        return string.Join(", ", named) + more;
    }

    private static string Effect(Change change, IReadOnlyList<SettingChange> settings, ReceiptNumbers before, ReceiptNumbers after) => Subject(change, settings) switch
    {
        Asked.Starts => Count(before.ColdStartVictims, after.ColdStartVictims, "cold-start victim", "cold-start victims"),
        Asked.Background => Count(before.AtRisk, after.AtRisk, "entry at risk after the response", "entries at risk after the response"),
        Asked.Refused => Count(before.TooMany, after.TooMany, "request answered with 429", "requests answered with 429"),
        Asked.Latency when before.P95Milliseconds is { } old && after.P95Milliseconds is { } now => $"95th percentile of the latency {Words.Duration(old / 1000)} → {Words.Duration(now / 1000)}",
        _ => Count(before.Errors, after.Errors, "error", "errors"),
    };

    private static Asked Subject(Change change, IReadOnlyList<SettingChange> settings) => change switch
    {
        SetCpuAllocation => Asked.Background,
        SetStartupBoost => Asked.Starts,
        SetInstanceLimits or SetRevisionLimits or ScaleManually or ScaleAutomatically =>
            settings.Any(static s => s.Path.EndsWith("minInstanceCount", StringComparison.Ordinal) || s.Path.EndsWith("manualInstanceCount", StringComparison.Ordinal)) ? Asked.Starts : Asked.Refused,
        SetConcurrency or SetResources or SetExecutionEnvironment or SetScalingTargets => Asked.Latency,
        Restore when settings.Any(static s => s.Path.EndsWith("cpuIdle", StringComparison.Ordinal)) => Asked.Background,
        Restore when settings.Any(static s => s.Path.EndsWith("minInstanceCount", StringComparison.Ordinal)) => Asked.Starts,
        _ => Asked.Errors,
    };

    private static string Count(int before, int after, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{before:N0} → {after:N0} {(after == 1 ? one : many)}");

    private enum Asked
    {
        Errors,
        Starts,
        Background,
        Refused,
        Latency,
    }
}
