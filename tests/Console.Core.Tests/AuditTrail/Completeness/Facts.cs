using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.AuditTrail.Completeness;

/// <summary>Events and requests in seconds after <see cref="LogWorld.Epoch"/>.</summary>
internal static class Facts
{
    public static readonly ServiceRef Checkout = new("acme-prod", "europe-west1", "checkout");

    public static DateTimeOffset At(double second) => UnixTime.FromNs(LogWorld.Ns(second));

    public static EventFact Event(string id, double time, int? trace, double? recorded = null, string action = "order.created", string? service = "checkout", ulong span = 0) => new()
    {
        Workspace = "ws-101",
        Id = id,
        Action = action,
        Outcome = AuditOutcome.Success,
        Time = At(time),
        RecordedAt = At(recorded ?? time),
        TraceId = trace is { } number ? LogWorld.Trace(number) : null,
        SpanId = span == 0 ? null : span.ToString("x16", CultureInfo.InvariantCulture),
        Service = service,
        AppendedBy = "checkout",
    };

    public static RequestFact Request(int number, double start, double end, int? trace, CompletenessRule rule, ulong span = 0) => new()
    {
        Number = number,
        InsertId = $"r{number}",
        Revision = new RevisionKey("acme-prod", "europe-west1", "checkout", "checkout-00007-abc"),
        Start = At(start),
        End = At(end),
        Method = "POST",
        Path = "/orders",
        Status = 201,
        TraceId = trace is { } value ? LogWorld.Trace(value) : null,
        SpanId = span == 0 ? null : span.ToString("x16", CultureInfo.InvariantCulture),
        Rule = rule,
    };

    public static ServiceRequests Requests(params IReadOnlyList<RequestFact> required) => new()
    {
        Service = Checkout,
        From = At(0),
        To = At(3600),
        Count = required.Count,
        Required = required,
        Traces = required.Select(static r => r.TraceId).OfType<string>().ToHashSet(StringComparer.Ordinal),
    };
}
