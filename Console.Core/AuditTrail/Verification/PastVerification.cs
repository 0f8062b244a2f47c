using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>A verification that ended, as the log records it.</summary>
/// <param name="EventId">Id of the event.</param>
/// <param name="EndedAt">When.</param>
/// <param name="By">Who started it.</param>
/// <param name="Report">What it found; null when it was cancelled or could not run.</param>
/// <param name="Reason">The verdict, or why there is none.</param>
public sealed record PastVerification(string EventId, DateTimeOffset EndedAt, string By, VerifyReport? Report, string? Reason)
{
    /// <summary>Out of its event.</summary>
    public static PastVerification Of(AuditRecord record) => new(
        record.Event.Id, record.Event.Time, record.Event.Actor.DisplayName ?? record.Event.Actor.OnBehalfOf ?? record.Event.Actor.Id, Read(record.Event.Details), record.Event.Reason);

    // What an older console wrote may lack what this one wants: then there is no report, and the reason says enough.
    private static VerifyReport? Read(JsonElement? details)
    {
        try
        {
            return details is { ValueKind: JsonValueKind.Object } d && d.TryGetProperty("report", out var report) && report.ValueKind == JsonValueKind.Object
                ? report.Deserialize<VerifyReport>(VerifyWords.Json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
