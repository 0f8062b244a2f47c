using OpsConsole.Web.BackgroundActivity.Pictures;

namespace OpsConsole.Web.BackgroundActivity.PerInstance;

/// <summary>The life of an instance in a few sentences.</summary>
public static class InstanceSentence
{
    /// <summary>Start, work, freezes, end: what is known, and that the rest is not.</summary>
    public static string Of(InstanceStory story)
    {
        var parts = new List<string> { Start(story) };
        parts.Add($"It took {Durations.Plural(story.Requests.Count, "request", "requests")}.");
        if (story.Late.Count > 0)
        {
            parts.Add($"{Durations.Plural(story.Late.Count, "line", "lines")} of background work ran on it; {PerRequest.RequestSentence.Cpu(story.Settings)}.");
        }

        if (story.Freezes.Count > 0)
        {
            var longest = story.Freezes.Max(freeze => freeze.Seconds);
            parts.Add($"Work stood still {Durations.Plural(story.Freezes.Count, "time", "times")}, for {Durations.Text(longest)} at the longest.");
        }

        parts.Add(End(story));
        return string.Join(' ', parts);
    }

    private static string Start(InstanceStory story) => (story.StartedNs, story.StartReason) switch
    {
        (null, _) => "When and why it started lies outside these logs.",
        ({ } at, "") => $"It started at {Durations.Utc(at)}; no message says why.",
        ({ } at, var reason) => $"It started at {Durations.Utc(at)}: {reason.TrimEnd('.')}.",
    };

    private static string End(InstanceStory story)
    {
        if (story.StoppedNs is not { } at)
        {
            return "No end is in these logs.";
        }

        var aboard = story.AboardAtDeath.Count();
        var how = story.StopReason.Length > 0 ? story.StopReason.TrimEnd('.') : "its stop began";
        return $"At {Durations.Utc(at)}: {how}."
            + (aboard > 0 ? $" {Durations.Plural(aboard, "request was", "requests were")} aboard." : "");
    }
}
