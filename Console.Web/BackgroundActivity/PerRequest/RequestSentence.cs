using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.BackgroundActivity.Pictures;

namespace OpsConsole.Web.BackgroundActivity.PerRequest;

/// <summary>What happened with one request, in words for somebody who has to sign for it.</summary>
public static class RequestSentence
{
    /// <summary>One to four short sentences.</summary>
    public static string Of(RequestStory story)
    {
        var late = story.Late.ToList();
        var response = $"The response was complete after {Durations.Text(story.Request.ResponseSeconds)}.";
        if (late.Count == 0)
        {
            var probable = story.Lines.Count(line => line.Probable);
            return probable == 0
                ? response + " Nothing was logged for it afterwards."
                : $"{response} Nothing is certain to have run for it afterwards; {Durations.Plural(probable, "line", "lines")} {(probable == 1 ? "is" : "are")} probably its own.";
        }

        var tail = (late[^1].TimestampNs - story.Request.EndNs) / 1e9;
        return string.Join(' ', new[]
        {
            response,
            $"Work went on for another {Durations.Text(tail)}: {Durations.Plural(late.Count, "line", "lines")} ran after the response; {Cpu(story.Settings)}.",
            StoodStill(story),
        }.Where(part => part.Length > 0));
    }

    /// <summary>What a revision's billing says about CPU after the response.</summary>
    public static string Cpu(RevisionSettings? settings) => settings?.Billing switch
    {
        BillingMode.RequestBased => "this revision has CPU only during requests",
        BillingMode.InstanceBased => "this revision has CPU all the time",
        _ => "whether this revision has CPU then is not known",
    };

    private static string StoodStill(RequestStory story)
    {
        if (story.Freezes.Count == 0)
        {
            return "";
        }

        var longest = story.Freezes.MaxBy(freeze => freeze.Seconds);
        var waking = story.Others.FirstOrDefault(other => other.Number == longest.WakingRequest);
        var by = waking is null ? "another request" : waking.Name;
        return story.Freezes.Count == 1
            ? $"It stood still without CPU for {Durations.Text(longest.Seconds)}, until {by} woke the instance."
            : $"It stood still without CPU {story.Freezes.Count} times, for {Durations.Text(longest.Seconds)} at the longest, until {by} woke the instance.";
    }
}
