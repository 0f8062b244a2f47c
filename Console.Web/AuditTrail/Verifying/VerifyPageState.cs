using System.Globalization;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Web.AuditTrail.Verifying;

/// <summary>What the address of the verify page says: which leaves, and which part of the page.</summary>
public sealed record VerifyPageState
{
    /// <summary>Past verifications.</summary>
    public const string HistoryTab = "history";

    /// <summary>Checkpoints against each other.</summary>
    public const string CompareTab = "compare";

    /// <summary>From this time of sealing, UTC; null for the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time of sealing; null for the end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Also what takes long on large logs.</summary>
    public bool Full { get; init; }

    /// <summary>Empty for the result.</summary>
    public string Tab { get; init; } = "";

    /// <summary>True when the range is turned round.</summary>
    public bool IsWrong => From >= To;

    /// <summary>From the parts of an address; what cannot be read is left out.</summary>
    public static VerifyPageState Parse(string? from, string? to, string? full, string? tab) => new()
    {
        From = ParseTime(from),
        To = ParseTime(to),
        Full = full is "true" or "1",
        Tab = tab is HistoryTab or CompareTab ? tab : "",
    };

    /// <summary>A time, UTC where no zone is given; null for what is none.</summary>
    public static DateTimeOffset? ParseTime(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value.ToUniversalTime() : null;

    /// <summary>What an input for date and time takes.</summary>
    public static string Minute(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The request that this asks for.</summary>
    public VerifyRequest ToRequest() => new() { From = From, To = To, Full = Full, FullUpTo = VerifyRequest.SmallLog };

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(Urls.AuditVerify, ("from", Print(From)), ("to", Print(To)), ("full", Full ? "true" : null), ("tab", Tab));

    private static string? Print(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
