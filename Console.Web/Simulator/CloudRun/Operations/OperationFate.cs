using OpsConsole.Web.Simulator.CloudRun.Deploy;

namespace OpsConsole.Web.Simulator.CloudRun.Operations;

/// <summary>How an operation will go, by fault injection.</summary>
/// <param name="Failure">It fails with this.</param>
/// <param name="NeverEnds">It stays running.</param>
internal sealed record OperationFate(RevisionFailure? Failure, bool NeverEnds)
{
    public static OperationFate Normal { get; } = new(null, NeverEnds: false);
}
