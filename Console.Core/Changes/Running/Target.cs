using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>A service or worker pool, as far as following a change needs it.</summary>
/// <param name="RawJson">The resource as it came.</param>
/// <param name="Etag">Its state.</param>
/// <param name="Reconciling">Cloud Run works on it.</param>
/// <param name="Terminal">Its terminal condition.</param>
/// <param name="LatestCreated">Short name.</param>
/// <param name="LatestReady">Short name.</param>
/// <param name="LastModifier">Who wrote it last.</param>
/// <param name="Conditions">All conditions.</param>
internal sealed record Target(
    string RawJson, string Etag, bool Reconciling, Condition? Terminal, string LatestCreated, string LatestReady, string LastModifier, IReadOnlyList<Condition> Conditions)
{
    /// <summary>Reads it.</summary>
    public static async Task<CloudResult<Target>> ReadAsync(ICloudRun cloudRun, ResourceName name, CancellationToken cancellationToken)
    {
        if (name.Collection == "workerPools")
        {
            var pool = await cloudRun.GetWorkerPoolAsync(name, cancellationToken);
            return pool.IsOk ? Of(pool.Value) : pool.Error;
        }

        var service = await cloudRun.GetServiceAsync(name, cancellationToken);
        return service.IsOk ? Of(service.Value) : service.Error;
    }

    /// <summary>True where every field is what the change made it.</summary>
    public bool Has(IReadOnlyList<SettingChange> settings) =>
        ServiceDocument.Parse(RawJson) is { } document
        && settings.All(s => SettingValues.Same(s.Path, s.AfterJson is null ? null : System.Text.Json.Nodes.JsonNode.Parse(s.AfterJson), SettingPath.Parse(s.Path).Get(document.Root)));

    private static Target Of(Service s) => new(
        s.RawJson, s.Etag, s.Reconciling, s.TerminalCondition, ResourceName.ShortName(s.LatestCreatedRevision), ResourceName.ShortName(s.LatestReadyRevision), s.LastModifier, s.Conditions);

    private static Target Of(WorkerPool p) => new(
        p.RawJson, p.Etag, p.Reconciling, p.TerminalCondition, ResourceName.ShortName(p.LatestCreatedRevision), ResourceName.ShortName(p.LatestReadyRevision), p.LastModifier, p.Conditions);
}
