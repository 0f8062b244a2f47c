using System.Globalization;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// So much of the traffic to one revision; the others keep the rest in the proportion that they have. A step of
/// <see cref="MoveTraffic"/>. https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#gradual.
/// </summary>
/// <param name="Revision">Short name; empty for the latest ready revision.</param>
/// <param name="Percent">0 to 100.</param>
public sealed record ShiftTraffic(string Revision, int Percent) : Change
{
    /// <inheritdoc />
    public override string Title => string.Create(CultureInfo.InvariantCulture, $"Send {Percent} % to {MoveTraffic.Name(Revision)}");

    internal override void Edit(ServiceDocument document)
    {
        var others = Others(document);
        var whole = others.Sum(static o => o.Percent);
        if (whole == 0 && Percent < 100)
        {
            // Refused below; the document stays as it is.
            return;
        }

        // Largest remainders first, so that the shares are whole and make 100 together.
        var left = 100 - Percent;
        var shares = others.Select(o => (o.Revision, Percent: whole == 0 ? 0 : o.Percent * left / whole, Remainder: whole == 0 ? 0 : o.Percent * left % whole)).ToList();
        var missing = left - shares.Sum(static s => s.Percent);
        var raised = shares.OrderByDescending(static s => s.Remainder).Take(missing).Select(static s => s.Revision).ToHashSet(StringComparer.Ordinal);
        TrafficList.Set(document, [.. shares.Select(s => (s.Revision, s.Percent + (raised.Contains(s.Revision) ? 1 : 0))), (Revision, Percent)]);
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        if (Percent is < 0 or > 100)
        {
            yield return new Refusal("traffic", "A share is 0 to 100 %.", this with { Percent = Math.Clamp(Percent, 0, 100) });
        }
        else if (Percent < 100 && Others(document).Count == 0)
        {
            yield return new Refusal("traffic", $"{MoveTraffic.Name(Revision)} receives all traffic already: there is no other revision to share it with.".Replace("the latest", "The latest", StringComparison.Ordinal));
        }

        foreach (var refusal in TrafficTargets.Check(input, [Revision]))
        {
            yield return refusal;
        }
    }

    /// <summary>Per cent that a revision receives as the service is set now.</summary>
    internal static int Share(ServiceDocument document, string revision) =>
        TrafficList.Of(document.Root["traffic"]).Where(t => t.Revision == revision).Sum(static t => t.Percent);

    // The latest by its name is the latest: a target of it and one of its name are one and the same revision.
    private List<(string Revision, int Percent)> Others(ServiceDocument document)
    {
        var latest = ResourceName.ShortName(ServiceDocument.Text(document.Root, "latestReadyRevision"));
        bool IsSame(string other) => other == Revision || (latest.Length > 0 && (other.Length == 0 ? latest : other) == (Revision.Length == 0 ? latest : Revision));
        return [.. TrafficList.Of(document.Root["traffic"])
            .Where(t => t.Percent > 0 && !IsSame(t.Revision))
            .GroupBy(static t => t.Revision, StringComparer.Ordinal)
            .Select(static g => (g.Key, g.Sum(static t => t.Percent)))];
    }
}
