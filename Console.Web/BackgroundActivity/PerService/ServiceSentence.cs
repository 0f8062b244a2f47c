using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>What a compliance officer has to know of a service, in one or two sentences.</summary>
public static class ServiceSentence
{
    /// <summary><c>3 lines ran after the response of 2 requests; this revision has CPU only during requests.</c></summary>
    /// <param name="service">The service.</param>
    /// <param name="revision">One revision; empty for all.</param>
    public static string Of(ServiceSummary service, string revision)
    {
        var revisions = service.Revisions.Where(r => revision.Length == 0 || r.Key.Revision == revision).ToList();
        var late = revisions.Sum(r => r.AfterResponseEntries + r.ResumedEntries);
        var idle = revisions.Sum(r => r.IdleInstanceEntries);
        var lost = revisions.Sum(r => r.ProbablyLost);
        if (revisions.Count == 0)
        {
            return "These logs do not have this revision.";
        }

        if (late + idle == 0)
        {
            var cannot = revisions.FirstOrDefault(r => r.Verdict == Verdict.CannotTell);
            return cannot is null
                ? $"Nothing was logged after the response of {Words.Count(revisions.Sum(r => (long)r.Requests), "request", "requests")}, and nothing while no request ran."
                : cannot.VerdictReason;
        }

        var what = new List<string>();
        if (late > 0)
        {
            what.Add($"{Words.Count(late, "line", "lines")} ran after the response of {Words.Count(revisions.Sum(r => (long)r.RequestsWithAfterResponse), "request", "requests")}");
        }

        if (idle > 0)
        {
            what.Add($"{Words.Count(idle, "line", "lines")} {(late > 0 ? "" : "ran ")}while no request ran");
        }

        return $"{string.Join(", and ", what)}; {Cpu(revisions)}."
            + (lost > 0 ? $" The work of {Words.Count(lost, "request", "requests")} began after the response and was probably lost." : "");
    }

    private static string Cpu(List<RevisionSummary> revisions)
    {
        var working = revisions.Where(r => r.AfterResponseEntries + r.ResumedEntries + r.IdleInstanceEntries > 0).ToList();
        var (subject, has) = working.Count == 1 ? ("this revision", "has") : ("these revisions", "have");
        var billing = working.Select(r => r.Settings?.Billing).Distinct().ToList();
        return billing switch
        {
            [BillingMode.RequestBased] => $"{subject} {has} CPU only during requests",
            [BillingMode.InstanceBased] => $"{subject} {has} CPU all the time",
            [null] => $"whether {subject} {has} CPU then is not known",
            _ => "not all of these revisions have CPU then",
        };
    }
}
