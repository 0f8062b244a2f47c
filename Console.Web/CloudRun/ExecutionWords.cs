using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>Executions of jobs in words.</summary>
public static class ExecutionWords
{
    /// <summary>How the latest execution of a job stands; what is not known stays as it came.</summary>
    public static string Of(ExecutionReference? execution) => execution?.CompletionStatus switch
    {
        null => "never ran",
        "EXECUTION_SUCCEEDED" => "succeeded",
        "EXECUTION_FAILED" => "failed",
        "EXECUTION_RUNNING" => "running",
        "EXECUTION_PENDING" => "pending",
        "EXECUTION_CANCELLED" => "cancelled",
        "" => execution.CompletionTime is null ? "running" : "ended",
        var other => other,
    };

    /// <summary>How an execution stands. It has no terminal condition: counts and completion time tell.</summary>
    public static string Of(Execution execution) =>
        execution.CancelledCount > 0 ? "cancelled"
        : execution.FailedCount > 0 && execution.CompletionTime is not null ? "failed"
        : execution.CompletionTime is null ? (execution.RunningCount > 0 || execution.StartTime is not null ? "running" : "pending")
        : execution.SucceededCount >= execution.TaskCount ? "succeeded"
        : "ended";

    /// <summary>Meaning of such a word.</summary>
    public static Meaning MeaningOf(string word) => word switch
    {
        "succeeded" => Meaning.Good,
        "failed" => Meaning.Risk,
        "running" or "pending" => Meaning.Busy,
        "cancelled" => Meaning.Late,
        _ => Meaning.Unknown,
    };

    /// <summary>Length of an execution so far, in words; empty before it starts.</summary>
    public static string Duration(Execution execution, DateTimeOffset? now) =>
        execution.StartTime is { } start && (execution.CompletionTime ?? now) is { } end ? Duration(end - start) : "";

    /// <summary>A length of time: <c>850 ms</c>, <c>12.4 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 60 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => time.Seconds == 0 ? $"{(int)time.TotalMinutes} min" : $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => time.Minutes == 0 ? $"{(int)time.TotalHours} h" : $"{(int)time.TotalHours} h {time.Minutes} min",
    };
}
