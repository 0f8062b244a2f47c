namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>All services together.</summary>
public sealed record FleetSummary
{
    /// <summary>Gravest first.</summary>
    public required IReadOnlyList<ServiceSummary> Services { get; init; }

    public required int AtRisk { get; init; }

    public required int HasCpu { get; init; }

    public required int CannotTell { get; init; }

    public required int Quiet { get; init; }

    public required long Requests { get; init; }

    public required long RequestsWithAfterResponse { get; init; }

    public required long LateEntries { get; init; }

    public required long IdleInstanceEntries { get; init; }

    /// <summary>What the logs say of the fleet, in a sentence or two for people who are not engineers.</summary>
    public required string Sentence { get; init; }

    /// <summary>Sums up several analyses, for example the live ones of all projects.</summary>
    public static FleetSummary Of(IEnumerable<Analysis> analyses)
    {
        ServiceSummary[] services = [.. analyses.SelectMany(ServiceSummary.All)];
        var atRisk = services.Count(static s => s.Verdict == Verdict.AtRisk);
        var requests = services.Sum(static s => s.Requests);
        var late = services.Sum(static s => s.RequestsWithAfterResponse);
        var idle = services.Sum(static s => s.IdleInstanceEntries);
        return new FleetSummary
        {
            Services = [.. services.OrderByDescending(static s => s.Verdict == Verdict.AtRisk)],
            AtRisk = atRisk,
            HasCpu = services.Count(static s => s.Verdict == Verdict.HasCpu),
            CannotTell = services.Count(static s => s.Verdict == Verdict.CannotTell),
            Quiet = services.Count(static s => s.Verdict == Verdict.Quiet),
            Requests = requests,
            RequestsWithAfterResponse = late,
            LateEntries = services.Sum(static s => s.LateEntries),
            IdleInstanceEntries = idle,
            Sentence = services.Length == 0
                ? "These logs have no entry of a Cloud Run service."
                : (atRisk switch
                {
                    0 => "No service was seen to work without CPU after its responses.",
                    1 => "One service goes on working after its responses although it has CPU only during requests: that work may stop at any time.",
                    _ => $"{Words.Count(atRisk, "service", "services")} go on working after their responses although they have CPU only during requests: that work may stop at any time.",
                }) + (late == 0 ? "" : $" {Words.Count(late, "request", "requests")} of {Words.Count(requests, "request", "requests")} logged something after the response.")
                    + (idle == 0 ? "" : $" {Words.Count(idle, "line was", "lines were")} written on instances without any request."),
        };
    }
}
