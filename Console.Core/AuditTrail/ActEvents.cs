using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail;

/// <summary>Makes the events of the console's own acts: who, from where, when, within which trace. What it was done to, callers add with <c>with</c>.</summary>
public sealed class ActEvents(TimeProvider time)
{
    private static readonly JsonSerializerOptions AsDetails = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The console as the reporting program.</summary>
    public const string Service = "opsconsole";

    /// <summary>An act of a person.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What: one of <see cref="AuditActions"/>.</param>
    /// <param name="outcome">How it ended; <see cref="AuditOutcome.Unknown"/> for an intent.</param>
    /// <param name="workspace">Null for the console's own affairs.</param>
    public AuditEvent Of(Actor actor, string action, AuditOutcome outcome, string? workspace = null) => New(
        new AuditActor
        {
            Type = AuditActorType.User,
            Id = Fit(actor.Id, AuditEventLimits.Person) ?? "unknown",
            DisplayName = Fit(actor.DisplayName, AuditEventLimits.Person),
            Session = Fit(actor.Origin.Session, AuditEventLimits.Label),
            Ip = Fit(actor.Origin.Ip, AuditEventLimits.Ip),
            UserAgent = Fit(actor.Origin.UserAgent, AuditEventLimits.UserAgent),
        },
        action, outcome, workspace) with
    {
        Readable = actor.WorkspacesWith(Permission.BrowseAudit),
    };

    /// <summary>An act of the console itself: sealing, retention, a timer.</summary>
    public AuditEvent OfSystem(string action, AuditOutcome outcome, string? workspace = null) =>
        New(new AuditActor { Type = AuditActorType.System, Id = Service }, action, outcome, workspace);

    /// <summary>Details from an anonymous object: names and words of enums in camelCase, nulls left out.</summary>
    public static JsonElement Details(object values) => JsonSerializer.SerializeToElement(values, AsDetails);

    private AuditEvent New(AuditActor actor, string action, AuditOutcome outcome, string? workspace)
    {
        var now = time.GetUtcNow();
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        return new AuditEvent
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Time = AuditTime.Truncate(now),
            Workspace = workspace ?? AuditWorkspaces.Console,
            TraceId = activity?.TraceId.ToHexString(),
            SpanId = activity?.SpanId.ToHexString(),
            Actor = actor,
            Action = action,
            Outcome = outcome,
            Source = new AuditSource { Service = Service },
        };
    }

    // What browsers send may be anything: an act is not refused because of its User-Agent.
    private static string? Fit(string? text, int limit)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var clean = string.Concat(text.EnumerateRunes().Where(static r => !System.Text.Rune.IsControl(r) && r.Value != 0xFFFD));
        return clean.Length == 0 ? null : clean.Length <= limit ? clean : clean[..(char.IsHighSurrogate(clean[limit - 1]) ? limit - 1 : limit)];
    }
}
