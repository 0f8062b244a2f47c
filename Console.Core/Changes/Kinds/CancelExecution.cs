namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Cancels an execution of a job. https://cloud.google.com/run/docs/managing/job-executions.</summary>
/// <param name="Execution">Short name of the execution.</param>
public sealed record CancelExecution(string Execution) : Change
{
    /// <inheritdoc />
    public override string Title => $"Cancel {Execution}";

    // No setting changes: it is an act, recorded and followed like one.
    internal override void Edit(ServiceDocument document)
    {
    }
}
