using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// Tells worse from chance. Shares (errors, 429s, requests that waited for a start) count as worse when they rise by a point or more and
/// the rise lies three standard deviations beyond what chance explains (two-proportion z test); latency when the median rises with the
/// tail. Pure.
/// </summary>
internal static class ReceiptJudge
{
    private const double Deviations = 3;
    private const double Points = 0.01;
    private const int FewestToJudge = 5;

    /// <summary>The verdict, and sentences that say why.</summary>
    public static (ReceiptVerdict Verdict, IReadOnlyList<string> Because) Of(ReceiptNumbers before, ReceiptNumbers after)
    {
        List<string> worse = [];
        Rose(worse, "Errors (5xx)", before.Errors, before.Requests, after.Errors, after.Requests, Points);
        Rose(worse, "Requests answered with 429", before.TooMany, before.Requests, after.TooMany, after.Requests, Points);
        Rose(worse, "Requests that waited for an instance to start", before.ColdStartVictims, before.Requests, after.ColdStartVictims, after.Requests, 5 * Points);
        Rose(worse, "Requests whose work after the response was probably lost", before.Lost, before.Requests, after.Lost, after.Requests, Points);
        if (Slower(before, after))
        {
            worse.Add($"Latency rose: median {Milliseconds(before.P50Milliseconds)} → {Milliseconds(after.P50Milliseconds)}, 95th percentile {Milliseconds(before.P95Milliseconds)} → {Milliseconds(after.P95Milliseconds)}.");
        }

        if (after.AtRisk >= FewestToJudge && PerRequest(after) > 3 * PerRequest(before))
        {
            worse.Add(string.Create(CultureInfo.InvariantCulture, $"Work after the response is at risk, for there is CPU only during requests: {before.AtRisk:N0} → {after.AtRisk:N0} entries."));
        }

        if (worse.Count > 0)
        {
            return (ReceiptVerdict.Bad, worse);
        }

        return Few(before, after) is { } few ? (ReceiptVerdict.CannotTell, [few]) : (ReceiptVerdict.Good, []);
    }

    private static string? Few(ReceiptNumbers before, ReceiptNumbers after) =>
        (before.Requests, after.Requests) switch
        {
            (0, 0) => "No request came in either window.",
            (_, 0) => "No request came after the change.",
            (0, _) => "No request came before the change: there is nothing to compare with.",
            ( < ReceiptRules.FewestRequests, _) or (_, < ReceiptRules.FewestRequests) => string.Create(
                CultureInfo.InvariantCulture, $"Too few requests to tell: {before.Requests} before and {after.Requests} after, {ReceiptRules.FewestRequests} are needed on either side."),
            _ => null,
        };

    private static void Rose(List<string> worse, string what, int before, int ofBefore, int after, int ofAfter, double points)
    {
        if (ofBefore == 0 || ofAfter < FewestToJudge || after < 3)
        {
            return;
        }

        var (old, now) = ((double)before / ofBefore, (double)after / ofAfter);
        var pooled = (double)(before + after) / (ofBefore + ofAfter);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / ofBefore) + (1.0 / ofAfter)));
        if (now - old >= points && (deviation == 0 || (now - old) / deviation >= Deviations))
        {
            worse.Add(string.Create(CultureInfo.InvariantCulture, $"{what} rose: {before:N0} of {ofBefore:N0} ({Share(old)}) → {after:N0} of {ofAfter:N0} ({Share(now)})."));
        }
    }

    // A new revision starts instances, which alone lifts the tail for some minutes: the median must rise too.
    private static bool Slower(ReceiptNumbers before, ReceiptNumbers after) =>
        before.Requests >= 2 * ReceiptRules.FewestRequests && after.Requests >= 2 * ReceiptRules.FewestRequests
        && before is { P50Milliseconds: { } p50, P95Milliseconds: { } p95 } && after is { P50Milliseconds: { } now50, P95Milliseconds: { } now95 }
        && now95 - p95 >= 100 && now95 >= 1.5 * p95 && now50 >= 1.5 * p50;

    private static double PerRequest(ReceiptNumbers numbers) => numbers.Requests == 0 ? 0 : (double)numbers.AtRisk / numbers.Requests;

    private static string Share(double share) => $"{(share * 100).ToString(share < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture)} %";

    private static string Milliseconds(double? milliseconds) => milliseconds is { } value ? Words.Duration(value / 1000) : "none";
}
