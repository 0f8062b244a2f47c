using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Audit events for tests.</summary>
public static class AnEvent
{
    /// <summary>An event with a little of everything.</summary>
    public static AuditEvent Of(
        string id,
        string action = "invoice.approve",
        string actor = "maria.lind@acme.example",
        AuditOutcome outcome = AuditOutcome.Success,
        string workspace = "acme-prod",
        string? resource = "4711",
        string? trace = null,
        string? source = "billing",
        string? reason = null,
        DateTimeOffset? time = null,
        object? details = null) => new()
        {
            Id = id,
            Time = time ?? new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero).AddTicks(1_234_560),
            Workspace = workspace,
            TraceId = trace,
            Actor = new AuditActor { Type = AuditActorType.User, Id = actor, DisplayName = "Maria Lind", Ip = "192.0.2.7" },
            Action = action,
            Outcome = outcome,
            Reason = reason,
            Resource = resource is null ? null : new AuditResource { Type = "invoice", Id = resource },
            Source = source is null ? null : new AuditSource { Service = source },
            Details = details is null ? null : JsonSerializer.SerializeToElement(details),
        };

    /// <summary>Numbered events.</summary>
    public static IReadOnlyList<AuditEvent> Many(int count, string prefix = "e") =>
        [.. Enumerable.Range(0, count).Select(i => Of(string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}")))];
}
