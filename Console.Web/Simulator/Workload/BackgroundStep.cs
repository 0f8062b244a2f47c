using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>A part of work that does not belong to an answer: wait, then use CPU, then perhaps write a line.</summary>
/// <param name="Wait">Time to let pass first (a sleep or a timer), in microseconds.</param>
/// <param name="Cpu">CPU needed after it, in microseconds; the line comes when it is used up.</param>
/// <param name="Line">Line, or null.</param>
internal sealed record BackgroundStep(long Wait, long Cpu, LogLine? Line)
{
    /// <summary>The audit record that is committed when the CPU is used up; null for none.</summary>
    public AuditRecordPlan? Record { get; init; }

    public static BackgroundStep Work(double milliseconds, LogLine? line) => new(0, (long)(milliseconds * SimTime.Millisecond), line);

    /// <summary>A sleep; the line after it needs hardly any CPU.</summary>
    public static BackgroundStep Sleep(double seconds, LogLine? line) => new(SimTime.Of(seconds), 400, line);
}
