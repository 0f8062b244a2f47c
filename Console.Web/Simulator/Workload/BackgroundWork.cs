namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What a request leaves behind to be done after its response.</summary>
internal sealed record BackgroundWork(BackgroundKind Kind, IReadOnlyList<BackgroundStep> Steps);
