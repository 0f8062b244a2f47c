using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A request of an analysis that has the trace of an event.</summary>
/// <param name="Source">The analysed logs.</param>
/// <param name="SourceTitle">For people.</param>
/// <param name="InsertId">The request's entry.</param>
/// <param name="At">Time of that entry.</param>
/// <param name="Revision">The revision that answered.</param>
public sealed record TraceRequest(AnalysisId Source, string SourceTitle, string InsertId, DateTimeOffset At, RevisionKey Revision);
