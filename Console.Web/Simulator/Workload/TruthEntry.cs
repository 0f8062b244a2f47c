namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The truth about one container or platform entry.</summary>
/// <param name="InsertId">Its insertId.</param>
/// <param name="At">Its timestamp, in microseconds.</param>
/// <param name="Revision">Revision.</param>
/// <param name="Instance">Instance id.</param>
/// <param name="Class">What it is.</param>
/// <param name="Request">The request it comes from.</param>
/// <param name="WokenBy">The request that brought the CPU back.</param>
/// <param name="Frozen">Time its work stood still just before it, in microseconds.</param>
/// <param name="InFlight">Requests in flight on the instance when it was written.</param>
internal sealed record TruthEntry(
    string InsertId, long At, string Revision, string Instance, EntryClass Class, SimRequest? Request, SimRequest? WokenBy, long Frozen, int InFlight);
