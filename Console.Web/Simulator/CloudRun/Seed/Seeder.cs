using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>
/// Plays the past of the fleet through the same writers that the API uses, so that seeded resources are what the API would have
/// made, with their etags, generations, revisions and audit entries.
/// </summary>
internal sealed class Seeder(
    Store store, Geography geography, ParentWriter parents, JobWriter jobs, ExecutionRunner runner, Rollout rollout, AuditLog audit, Ids ids)
{
    private static readonly FieldMask Everything = FieldMask.Parse(null, "Service", out _)!;

    public void Run(DateTimeOffset now)
    {
        foreach (var service in SeededFleet.Services)
        {
            PlayParent(service, ParentKind.Service, now);
        }

        foreach (var pool in SeededFleet.WorkerPools)
        {
            PlayParent(pool, ParentKind.WorkerPool, now);
        }

        foreach (var job in SeededFleet.Jobs)
        {
            PlayJob(job, now);
        }

        foreach (var (job, ago, seconds, failed) in SeededFleet.Executions)
        {
            PlayExecution(job, now - ago, TimeSpan.FromSeconds(seconds), failed);
        }
    }

    private void PlayParent(SeededResource seed, ParentKind kind, DateTimeOffset now)
    {
        var name = $"{geography.Location(seed.Region)}/{kind.Collection}/{seed.Name}";
        foreach (var step in seed.Steps)
        {
            var stored = store.Find(name);
            var body = BodyOf(stored, seed, step, kind.Message);
            var request = new WriteRequest(name, body, Everything, CallerOf(step), TimeOf(seed, step, now));
            var result = stored is null ? parents.Create(request, kind) : parents.Update(request, kind);
            var written = result.Value ?? throw new InvalidOperationException($"The seed of {seed.Name} is refused: {result.Error!.Message}");

            // A start of a few seconds, different for each, the same in each run.
            var took = TimeSpan.FromSeconds(step.Fails ? 244 : 6 + (seed.Name.Length * 0.37) + (body.ToJsonString().Length % 7));
            var ended = Round(request.Now + took);
            var outcome = rollout.End(written, ended, step.Fails ? RevisionFailure.HealthCheck : null);
            var verb = stored is null ? "Create" : "Update";
            var call = new AuditCall(
                $"{kind.Message}s.{verb}{kind.Message}", $"run.{kind.Collection.ToLowerInvariant()}.{verb.ToLowerInvariant()}", name, request.Caller)
            {
                Request = body,
                OperationId = $"{geography.Location(seed.Region)}/operations/{ids.Uuid()}",
            };
            audit.Activity(call, request.Now, null, null, first: true, last: false);
            audit.Activity(call, ended, outcome.Error, outcome.Value, first: false, last: true);
            new ReadinessEvents(store, audit).Write(written, stored is null ? "Create" : "Replace", ended);
        }
    }

    private void PlayJob(SeededResource seed, DateTimeOffset now)
    {
        var name = $"{geography.Location(seed.Region)}/jobs/{seed.Name}";
        foreach (var step in seed.Steps)
        {
            var stored = store.Find(name);
            var request = new WriteRequest(name, BodyOf(stored, seed, step, "Job"), Everything, CallerOf(step), TimeOf(seed, step, now));
            var result = stored is null ? jobs.Create(request) : jobs.Update(request);
            _ = result.Value ?? throw new InvalidOperationException($"The seed of {seed.Name} is refused: {result.Error!.Message}");
            _ = jobs.End(name, Round(request.Now.AddSeconds(3)));
            audit.Activity(
                new AuditCall(stored is null ? "Jobs.CreateJob" : "Jobs.UpdateJob", stored is null ? "run.jobs.create" : "run.jobs.update", name, request.Caller)
                {
                    Request = request.Body,
                },
                request.Now,
                null,
                null,
                first: true,
                last: true);
        }
    }

    private void PlayExecution(string job, DateTimeOffset start, TimeSpan duration, int failed)
    {
        var stored = store.List($"projects/{geography.Project}/locations/-/jobs/{job}")[0];
        var caller = new Caller($"scheduler@{geography.Project}.iam.gserviceaccount.com", "Google-Cloud-Scheduler", "private");
        var execution = runner.Start(stored, [], caller, Round(start), validateOnly: false);
        var name = execution.Text("name");
        var ended = Round(start + duration);
        var outcome = runner.End(name, ended, failed);
        audit.Activity(new AuditCall("Jobs.RunJob", "run.jobs.run", stored.Text("name"), caller), Round(start), null, null, first: true, last: true);
        audit.SystemEvent(
            "/Jobs.RunJob", name, ended, outcome.Error?.Grpc, outcome.Error?.Message ?? $"Execution {ResourceName.Short(name)} has completed successfully.");
    }

    private static JsonObject BodyOf(JsonObject? stored, SeededResource seed, SeedStep step, string message)
    {
        var body = (stored ?? seed.Body).Copy();
        body.Remove("etag");
        if (stored is not null)
        {
            ((JsonObject)body["template"]!).Remove("revision");
        }

        var (client, version, _) = People.ClientOf(step.By);
        body["client"] = client;
        body["clientVersion"] = version;
        step.Change(body);
        var (read, violations) = MessageReader.Read(body, message);
        return violations.Count == 0 ? read : throw new InvalidOperationException($"The seed of {seed.Name} is wrong: {string.Join("; ", violations)}");
    }

    private static Caller CallerOf(SeedStep step) => new(step.By, People.ClientOf(step.By).UserAgent, "203.0.113.24");

    /// <summary>Up to 47 minutes earlier than the step says, so that not all of the past happened at one minute of the hour.</summary>
    private static DateTimeOffset TimeOf(SeededResource seed, SeedStep step, DateTimeOffset now)
    {
        var scatter = ((seed.Name.Sum(static c => c) * 7919L) + (step.Ago.Ticks / TimeSpan.TicksPerMinute * 104_729)) % 2_820_000;
        return Round(now - step.Ago - TimeSpan.FromMilliseconds(scatter) - TimeSpan.FromMicroseconds(scatter % 997));
    }

    private static DateTimeOffset Round(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
