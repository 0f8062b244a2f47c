using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>What is to be changed, as it was read last: for what the forms show and offer. A plan reads it anew.</summary>
/// <param name="Resource">Its name.</param>
public sealed record ChangeSubject(ResourceName Resource)
{
    /// <summary>The service; null where it is none.</summary>
    public Service? Service { get; init; }

    /// <summary>Revisions of the service, newest first.</summary>
    public IReadOnlyList<Revision> Revisions { get; init; } = [];

    /// <summary>The worker pool; null where it is none.</summary>
    public WorkerPool? Pool { get; init; }

    /// <summary>The job; null where it is none.</summary>
    public Job? Job { get; init; }

    /// <summary>What it is called: <c>service</c>, <c>worker pool</c>, <c>job</c>.</summary>
    public string Noun => NounOf(Resource);

    /// <summary>What a resource is called.</summary>
    public static string NounOf(ResourceName resource) => resource.Collection switch
    {
        "workerPools" => "worker pool",
        "jobs" => "job",
        _ => "service",
    };
}
