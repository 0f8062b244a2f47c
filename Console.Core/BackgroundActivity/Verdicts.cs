using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The verdict of a revision and the sentence that gives the reason, in words for people who are not engineers.
/// </summary>
internal static class Verdicts
{
    public static RevisionSummary Judge(RevisionSummary summary)
    {
        var (verdict, reason) = Of(summary);
        var judged = summary with { Verdict = verdict };
        return judged with { VerdictReason = reason + Remark(judged) };
    }

    private static (Verdict Verdict, string Reason) Of(RevisionSummary s)
    {
        if (s.RequestsWithAfterResponse == 0 && s.IdleInstanceEntries == 0)
        {
            return WithoutActivity(s);
        }

        var what = What(s);
        return s.Settings?.Billing switch
        {
            BillingMode.InstanceBased =>
                (Verdict.HasCpu, $"{what} CPU is always allocated (instance-based billing), so this work has what it needs while the instance lives."),
            BillingMode.RequestBased =>
                (Verdict.AtRisk, $"{what} CPU is allocated only during requests (request-based billing), so this work may stand still or be lost."),
            _ when s.ThrottleFingerprint =>
                (Verdict.AtRisk, $"{what} The settings are not known, but the lines come in one narrow slot of each 100 ms: the work ran without CPU allocated and may be lost."),
            _ when s.ResumedEntries > 0 =>
                (Verdict.AtRisk, $"{what} The settings are not known, but work stood still until another request woke the instance: it ran without CPU allocated and may be lost."),
            _ => (Verdict.CannotTell, $"{what} Whether CPU was allocated then is a setting that is not known here: give the revisions' settings to decide."),
        };
    }

    private static (Verdict Verdict, string Reason) WithoutActivity(RevisionSummary s)
    {
        if (s.Requests == 0)
        {
            return (Verdict.CannotTell, "No request entry of this revision is in the input, so nobody can tell what came after a response."
                + (s.ThrottleFingerprint ? " But the lines come in one narrow slot of each 100 ms: they were written without CPU allocated." : ""));
        }

        if (s.WarningsOnly)
        {
            return (Verdict.CannotTell, "The input holds warnings and errors only: requests that went well are not in it, so nobody can tell what came after their responses. Export it without a filter by severity.");
        }

        if (s.InstancesWithoutRequests * 2 > s.Instances)
        {
            return (Verdict.CannotTell, $"{Of(s.InstancesWithoutRequests, s.Instances, "instance has", "instances have")} no request entry in the input (filtered, or cut by a limit), so what they did cannot be judged.");
        }

        if (s.ContainerEntries > 0 && s.UnattributedEntries * 2 > s.ContainerEntries)
        {
            return (Verdict.CannotTell, $"{Of(s.UnattributedEntries, s.ContainerEntries, "line carries", "lines carry")} no trace, and several requests were in flight or may have been: the logs cannot say whose they are.");
        }

        return (Verdict.Quiet, $"Nothing was logged after the response of {Words.Count(s.Requests, "request", "requests")}, and nothing on idle instances.");
    }

    private static string What(RevisionSummary s)
    {
        var parts = new List<string>();
        if (s.RequestsWithAfterResponse > 0)
        {
            parts.Add($"{Of(s.RequestsWithAfterResponse, s.Requests, "request went on working after its", "requests went on working after their")} response, for up to {Words.Duration(s.MaxTailSeconds ?? 0)}");
        }

        if (s.IdleInstanceEntries > 0)
        {
            parts.Add($"{Words.Count(s.IdleInstanceEntries, "line was", "lines were")} written on instances without any request in flight");
        }

        return string.Join(", and ", parts) + ".";
    }

    private static string Remark(RevisionSummary s)
    {
        var remark = "";
        if (s.PeriodicWork)
        {
            remark += " Part of it is periodic: something inside the container runs at a fixed pace, whether or not requests come.";
        }

        if (s.HeldOpenPattern)
        {
            remark += " A short sleep after each response tries to hold the CPU: it narrows the window and guarantees nothing.";
        }

        if (s.ProbablyLost > 0)
        {
            remark += $" The work of {Words.Count(s.ProbablyLost, "request", "requests")} began and was probably lost with its instance.";
        }

        if (s.Verdict != Verdict.CannotTell && s.InstancesWithoutRequests > 0 && s.Requests > 0)
        {
            remark += $" {Of(s.InstancesWithoutRequests, s.Instances, "instance has", "instances have")} no request entry in the input and cannot be judged.";
        }

        return remark;
    }

    // "1 of 15 instances has", "1,302 of 2,659 requests went on": the verb follows the first number, the noun the second.
    private static string Of(long part, long all, string one, string many)
    {
        var verb = (part == 1 ? one : many).Split(' ', 2)[1];
        var noun = (all == 1 ? one : many).Split(' ', 2)[0];
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{part:N0} of {all:N0} {noun} {verb}");
    }
}
