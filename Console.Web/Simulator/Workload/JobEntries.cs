using System.Globalization;
using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>Log entries of jobs and worker pools, which have no request log: the lines of their containers, with their labels.</summary>
public static class JobEntries
{
    /// <summary>Writes what one task of an execution logged.</summary>
    /// <param name="store">Store.</param>
    /// <param name="project">Project id.</param>
    /// <param name="location">Region.</param>
    /// <param name="job">Job.</param>
    /// <param name="execution">Execution.</param>
    /// <param name="task">Task index.</param>
    /// <param name="started">Start.</param>
    /// <param name="ended">End.</param>
    /// <param name="failed">The container ended with exit(1).</param>
    public static void Task(
        LogStore store, string project, string location, string job, string execution, int task, DateTimeOffset started, DateTimeOffset ended, bool failed)
    {
        var resource = new LogResource("cloud_run_job", [new("project_id", project), new("location", location), new("job_name", job)]);
        var random = Seeded.For(task, execution);
        KeyValuePair<string, string>[] labels =
        [
            new("run.googleapis.com/execution_name", execution),
            new("run.googleapis.com/task_index", task.ToString(CultureInfo.InvariantCulture)),
            new("run.googleapis.com/task_attempt", "0"),
            new("instanceId", random.Hex(154)),
            new("container_name", job + "-1"),
        ];
        var writer = new EntryWriter(project, store.Write);
        var (from, to) = (SimTime.From(started), SimTime.From(ended));
        void Line(double share, LogLine line) => writer.Line(line, from + (long)((to - from) * share), resource, labels, null, random);

        Line(0.02, LogLine.Out($"task {task} of {job} started"));
        for (var step = 1; step <= 6; step++)
        {
            Line(step / 8.0, LogLine.Out(string.Create(CultureInfo.InvariantCulture, $"batch {step}/6 done rows={random.Between(1_000, 90_000)}")));
        }

        if (failed)
        {
            Line(0.97, LogLine.Err("error: ledger period 2026-10 is locked"));
            Line(1, LogLine.Platform("Container called exit(1).", LogSeverity.WARNING));
        }
        else
        {
            Line(0.97, LogLine.Out($"task {task} of {job} finished"));
            Line(1, LogLine.Platform("Container called exit(0).", LogSeverity.INFO));
        }
    }

    /// <summary>Writes what the instances of a worker pool logged: one line for each batch of messages.</summary>
    /// <param name="store">Store.</param>
    /// <param name="project">Project id.</param>
    /// <param name="location">Region.</param>
    /// <param name="pool">Worker pool.</param>
    /// <param name="revision">Revision.</param>
    /// <param name="instances">Instances.</param>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    public static void WorkerPool(
        LogStore store, string project, string location, string pool, string revision, int instances, DateTimeOffset from, DateTimeOffset to)
    {
        var resource = new LogResource(
            "cloud_run_worker_pool",
            [new("project_id", project), new("location", location), new("worker_pool_name", pool), new("revision_name", revision)]);
        var records = new List<LogRecord>();
        var writer = new EntryWriter(project, records.Add);
        for (var i = 0; i < instances; i++)
        {
            var random = Seeded.For(i, revision);
            KeyValuePair<string, string>[] labels = [new("instanceId", random.Hex(154)), new("container_name", pool + "-1")];
            writer.Line(PlatformText.Starting(StartReason.MinimumOrManual), SimTime.From(from), resource, labels[..1], null, random);
            for (var at = SimTime.From(from) + SimTime.Of(random.Exponential(120)); at < SimTime.From(to); at += SimTime.Of(random.Exponential(180)))
            {
                writer.Line(
                    LogLine.Out(string.Create(CultureInfo.InvariantCulture, $"pulled {random.Between(1, 40)} messages, acked in {random.Between(20, 900)} ms")),
                    at,
                    resource,
                    labels,
                    null,
                    random);
            }
        }

        store.WriteMany(records);
    }
}
