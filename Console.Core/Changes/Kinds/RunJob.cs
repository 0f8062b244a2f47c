namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Starts an execution of a job, with the job's own settings. https://cloud.google.com/run/docs/execute/jobs.</summary>
public sealed record RunJob : Change
{
    /// <inheritdoc />
    public override string Title => "Run the job now";

    // No setting changes: it is an act, recorded and followed like one.
    internal override void Edit(ServiceDocument document)
    {
    }
}
