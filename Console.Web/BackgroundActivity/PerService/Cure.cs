using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>The better cure of a finding, in words.</summary>
/// <param name="Heading">What to do.</param>
/// <param name="Why">Why that is better, and what else would do.</param>
/// <param name="SettingHelps">Whether keeping CPU allocated is a cure too.</param>
public sealed record Cure(string Heading, string Why, bool SettingHelps)
{
    /// <summary>For one finding under the settings of its revision (null: not known).</summary>
    public static Cure For(Finding finding, RevisionSettings? settings)
    {
        if (settings?.Billing == BillingMode.InstanceBased)
        {
            return finding.Kind == FindingKind.Periodic
                ? new Cure(
                    "Nothing has to be done for CPU: this revision has it all the time.",
                    "Instances still come and go. For work that must run on time, use Cloud Scheduler with a job.",
                    SettingHelps: false)
                : new Cure(
                    "Nothing has to be done for CPU: this revision has it all the time.",
                    "The work is still lost when the instance stops before it ends. What must not be lost belongs before the response or in a task queue.",
                    SettingHelps: false);
        }

        return finding.Kind switch
        {
            FindingKind.HeldOpen => new Cure(
                "Remove the sleep, and finish the work before the response.",
                "A sleep after the response holds no request open, so it holds no CPU: the platform promises CPU only until the response is complete. It narrows the window and guarantees nothing.",
                SettingHelps: true),
            FindingKind.Periodic => new Cure(
                "Move it to a job that Cloud Scheduler starts.",
                "Work on a timer inside an instance runs only while the instance has CPU, and as often as there are instances.",
                SettingHelps: true),
            FindingKind.IdleInstance => new Cure(
                "Move the work before the response, or to a job or a task queue.",
                "While no request runs, this instance has no promise of CPU: the work stands still until the next request, or is lost with the instance.",
                SettingHelps: true),

            // The median, not the longest: without CPU a tail holds the time that the work stood still, not only its own.
            _ => finding.P50TailSeconds is > 10
                ? new Cure(
                    "Move the work to a task queue (Cloud Tasks) or a job.",
                    "It takes too long to keep the caller waiting for it. A task gets a request of its own, with CPU, and is tried again when it fails.",
                    SettingHelps: true)
                : new Cure(
                    "Finish the work before the response.",
                    "It is short: waiting for it makes each response a little slower and makes the work certain. Longer work belongs in a task queue or a job.",
                    SettingHelps: true),
        };
    }
}
