namespace OpsConsole.Core.CloudRun;

/// <summary>What a list over regions brought: the items that are known, and the places that could not be read.</summary>
/// <typeparam name="T">Service, Revision, Job, Execution or WorkerPool.</typeparam>
/// <param name="Items">In the order of the regions, newest first inside each.</param>
/// <param name="Failures">Unreachable or forbidden regions; empty when all answered.</param>
public sealed record Fleet<T>(IReadOnlyList<T> Items, IReadOnlyList<RegionFailure> Failures);
