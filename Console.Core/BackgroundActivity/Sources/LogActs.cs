using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// Puts acts on logs on the record, each before it is done. A method that throws means: do not act; the message is for people.
/// What was chosen stands in the details, which are committed and not in clear: names of files may be personal.
/// </summary>
public sealed class LogActs(IAuditTrail trail, ActEvents acts, ActLimits? limits = null)
{
    /// <summary>An uploaded file is about to be analysed.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded, or the actor may not (<see cref="ActDeniedException"/>).</exception>
    public Task UploadAsync(Actor actor, string name, long bytes, CancellationToken cancellationToken) => RecordAsync(
        actor.May(Permission.AnalyseLogs),
        actor,
        acts.Of(actor, AuditActions.LogsAnalyse, AuditOutcome.Success) with
        {
            Resource = new AuditResource { Type = "logs.upload" },
            Details = ActEvents.Details(new { name, bytes }),
        },
        cancellationToken);

    /// <summary>A window of the past is about to be read, or read on.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded, or the actor may not (<see cref="ActDeniedException"/>).</exception>
    public Task WindowAsync(Actor actor, WindowRequest request, CancellationToken cancellationToken) => limits?.WhyNot(actor, LimitedAct.Search) is { } tooMany ? throw new ActDeniedException(tooMany) : RecordAsync(
        actor.MayIn(Permission.AnalyseLogs, request.Project),
        actor,
        acts.Of(actor, AuditActions.LogsAnalyse, AuditOutcome.Success, request.Project) with
        {
            Resource = new AuditResource { Type = "logs.window", Project = request.Project },
            Details = ActEvents.Details(new { request.Project, request.Services, request.From, request.To }),
        },
        cancellationToken);

    /// <summary>An upload or a window is about to be read again, or read on.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded, or the actor may not (<see cref="ActDeniedException"/>).</exception>
    public Task ResumeAsync(Actor actor, AnalysisId id, CancellationToken cancellationToken) =>
        OnSourceAsync(actor, AuditActions.LogsAnalyse, id, cancellationToken);

    /// <summary>An upload or a window is about to be deleted.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded, or the actor may not (<see cref="ActDeniedException"/>).</exception>
    public Task RemoveAsync(Actor actor, AnalysisId id, CancellationToken cancellationToken) =>
        OnSourceAsync(actor, AuditActions.LogsRemove, id, cancellationToken);

    /// <summary>Classified entries are about to be downloaded.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="source">Of which logs.</param>
    /// <param name="project">Their project; null for uploads.</param>
    /// <param name="details">What was chosen, and how many entries that are.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AuditUnavailableException">It could not be recorded, or the actor may not (<see cref="ActDeniedException"/>).</exception>
    public Task DownloadAsync(Actor actor, AnalysisId source, string? project, object details, CancellationToken cancellationToken) =>
        RecordAsync(
            project is null ? actor.MayEverywhere(Permission.ExportEvidence) : actor.MayIn(Permission.ExportEvidence, project),
            actor,
            Download(actor, AuditOutcome.Success, source, project, details),
            cancellationToken);

    /// <summary>A download broke off: what went out is not the whole.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded, or the actor may not (<see cref="ActDeniedException"/>).</exception>
    public Task DownloadBrokeOffAsync(Actor actor, AnalysisId source, string? project, object details, CancellationToken cancellationToken) =>
        trail.RecordAsync(Download(actor, AuditOutcome.Failure, source, project, details) with { Reason = "The connection broke off before the end." }, cancellationToken);

    private AuditEvent Download(Actor actor, AuditOutcome outcome, AnalysisId source, string? project, object details) =>
        acts.Of(actor, AuditActions.EvidenceExport, outcome, project) with
        {
            Resource = new AuditResource { Type = "logs.source", Id = source.Value, Project = project },
            Details = ActEvents.Details(details),
        };

    private Task OnSourceAsync(Actor actor, string action, AnalysisId id, CancellationToken cancellationToken) => RecordAsync(
        actor.May(Permission.AnalyseLogs),
        actor,
        acts.Of(actor, action, AuditOutcome.Success) with { Resource = new AuditResource { Type = "logs.source", Id = id.Value } }, cancellationToken);

    // What is denied is on the record too, as that.
    private async Task RecordAsync(bool may, Actor actor, AuditEvent act, CancellationToken cancellationToken)
    {
        if (may)
        {
            await trail.RecordAsync(act, cancellationToken);
            return;
        }

        var why = $"None of {actor.DisplayName}'s roles includes this, or not for this project.";
        await trail.RecordAsync(act with { Outcome = AuditOutcome.Denied, Reason = why }, cancellationToken);
        throw new ActDeniedException(why);
    }
}
