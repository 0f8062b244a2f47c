using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Changes.Receipts;

/// <summary>Receipts in the words of the screens.</summary>
public static class ReceiptWords
{
    /// <summary>The verdict in a word or two.</summary>
    public static string Of(ReceiptVerdict verdict) => verdict switch
    {
        ReceiptVerdict.Good => "nothing got worse",
        ReceiptVerdict.Bad => "got worse",
        _ => "cannot tell",
    };

    /// <summary>Its meaning.</summary>
    public static Meaning MeaningOf(ReceiptVerdict verdict) => verdict switch
    {
        ReceiptVerdict.Good => Meaning.Good,
        ReceiptVerdict.Bad => Meaning.Risk,
        _ => Meaning.Unknown,
    };

    /// <summary>Numbers side by side, with their units.</summary>
    public static IReadOnlyList<ReceiptLine> Lines(ReceiptNumbers before, ReceiptNumbers after) =>
    [
        new("Requests", Count(before.Requests), Count(after.Requests)),
        new("Errors (5xx)", Share(before.Errors, before), Share(after.Errors, after)),
        new("Answered with 429", Share(before.TooMany, before), Share(after.TooMany, after)),
        new("Latency, median", Latency(before.P50Milliseconds), Latency(after.P50Milliseconds)),
        new("Latency, 95th percentile", Latency(before.P95Milliseconds), Latency(after.P95Milliseconds)),
        new("Instances started", Count(before.ColdStarts), Count(after.ColdStarts)),
        new("Requests that waited for a start", Share(before.ColdStartVictims, before), Share(after.ColdStartVictims, after)),
        new("Entries after the response", Count(before.Background), Count(after.Background)),
        new("… of these at risk", Count(before.AtRisk), Count(after.AtRisk)),
        new("Requests with work lost", Count(before.Lost), Count(after.Lost)),
        new("Instance time seen", Words.Duration(before.InstanceSeconds), Words.Duration(after.InstanceSeconds)),
        new("Cost an hour", Money(before.DollarsAnHour), Money(after.DollarsAnHour)),
    ];

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int number, ReceiptNumbers of) =>
        number == 0 || of.Requests == 0 ? Count(number)
        : string.Create(CultureInfo.InvariantCulture, $"{number:N0} ({100.0 * number / of.Requests:0.0} %)");

    private static string Latency(double? milliseconds) => milliseconds is { } value ? Words.Duration(value / 1000) : "none";

    private static string Money(double? dollars) => dollars is { } value ? "$" + value.ToString(value >= 0.1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture) : "not known";
}
