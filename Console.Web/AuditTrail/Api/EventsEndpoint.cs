using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>
/// <c>POST /api/v1/audit/events</c>: an event, an array of events, or one event a line, up to 1,000 or 1 MiB. The answer has one result for each
/// event, in their order, and comes after the commit. docs/audit-trail.md describes the statuses.
/// </summary>
internal static class EventsEndpoint
{
    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/api/v1/audit/events";

    // A mebibyte at 70 KB/s.
    private const int WithinSeconds = 15;

    public static async Task ReceiveAsync(
        HttpContext context, GroupedAppends appends, ApiTokens tokens, Backpressure pressure, SealedResults sealing)
    {
        var token = context.Features.Get<ApiToken>() ?? throw new InvalidOperationException("The endpoint needs a token.");
        if (!SealedResults.TryReadWait(context.Request, out var atMost))
        {
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status400BadRequest, "Bad parameter", "wait is 'sealed' or absent; with it, timeout is a whole number of seconds from 1 to 30.");
            return;
        }

        AuditEventBatch batch;
        EventResult[] results;
        long[] sequences;
        try
        {
            // Before the body is read: what is refused costs next to nothing.
            using var pass = await pressure.EnterAsync(context, token);
            if (pass is null || await ReadAsync(context, token) is not { } read)
            {
                return;
            }

            batch = read;
            await tokens.UsedAsync(token, context.RequestAborted);
            (results, sequences) = await AppendAsync(batch, token, appends, context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            await ApiProblem.UnavailableAsync(context, e.Message);
            return;
        }

        // Whoever waits for the seal holds no place: that may take half a minute.
        var allSealed = atMost is not { } most || await sealing.AddAsync(results, sequences, most, context.RequestAborted);
        await AnswerAsync(context, batch.IsSingle, results, allSealed);
    }

    /// <summary>Whoever asks in another way learns which is right.</summary>
    public static Task RefuseMethodAsync(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return ApiProblem.WriteAsync(
            context, StatusCodes.Status405MethodNotAllowed, "Method not allowed", $"Events are sent with POST. They are read on the console's pages; the log is served below {Tlog.TlogEndpoints.Prefix}.");
    }

    private static async Task<(EventResult[] Results, long[] Sequences)> AppendAsync(AuditEventBatch batch, ApiToken token, GroupedAppends appends, CancellationToken cancellationToken)
    {
        var results = new EventResult[batch.Items.Count];
        var sequences = new long[results.Length];
        var accepted = Sort(batch, token, results);
        if (accepted.Count > 0)
        {
            CrashPoints.At(CrashStep.AppendReceived);
            var appended = await appends.AppendAsync([.. accepted.Select(static a => a.Event)], AuditVia.Api, token.Name, cancellationToken);
            CrashPoints.At(CrashStep.AppendCommitted);
            for (var i = 0; i < appended.Count; i++)
            {
                (results[accepted[i].At], sequences[accepted[i].At]) = ResultOf(appended[i]);
            }
        }

        return (results, sequences);
    }

    private static async Task<AuditEventBatch?> ReadAsync(HttpContext context, ApiToken token)
    {
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed.MediaType.ToString().ToLowerInvariant() : "";
        var lines = type is "application/x-ndjson" or "application/ndjson" or "application/jsonl";
        if ((!lines && type is not "application/json") || !IsUtf8(parsed!) || !IsPlain(context.Request.Headers.ContentEncoding))
        {
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status415UnsupportedMediaType, "Unsupported media type",
                "Send application/json (an event or an array of events) or application/x-ndjson (one event a line), in UTF-8 and not compressed.");
            return null;
        }

        byte[]? body;
        try
        {
            // Whoever sends a byte now and then would hold a place for an hour.
            using var late = new CancellationTokenSource(WithinSeconds * 1000);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
            body = await BoundedBody.ReadAsync(context.Request, AuditEventBatch.MaxBytes, either.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody is there to be told, or nobody who sends.
            context.Abort();
            return null;
        }

        if (body is null)
        {
            context.Response.Headers.Connection = "close";
            await ApiProblem.WriteAsync(
                context, StatusCodes.Status413PayloadTooLarge, "Too large", "A request has at most 1 MiB and 1000 events; send several.");
            return null;
        }

        var workspace = token.OneWorkspace;
        var batch = lines ? AuditEventBatch.ReadLines(body, workspace, out var problem) : AuditEventBatch.ReadJson(body, workspace, out problem);
        if (batch is null)
        {
            var many = problem == AuditEventBatch.TooMany;
            await ApiProblem.WriteAsync(context, many ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, many ? "Too large" : "Unreadable body", problem!);
        }

        return batch;
    }

    // What is refused gets its result here; what may be appended is returned with its place.
    private static List<(int At, AuditEvent Event)> Sort(AuditEventBatch batch, ApiToken token, EventResult[] results)
    {
        var accepted = new List<(int, AuditEvent)>(results.Length);
        for (var i = 0; i < results.Length; i++)
        {
            switch (batch.Items[i])
            {
                case AuditEventReading.Accepted { Event: var e } when token.Covers(e.Workspace):
                    accepted.Add((i, e));
                    break;
                case AuditEventReading.Accepted { Event: var e }:
                    results[i] = new EventResult
                    {
                        Status = "forbidden",
                        Id = e.Id,
                        Workspace = e.Workspace,
                        Errors = [new AuditEventProblem("workspace", token.OneWorkspace is null ? $"This token sends events of workspaces that match {token.Workspace} only." : $"This token sends events of the workspace {token.Workspace} only.")],
                    };
                    break;
                case AuditEventReading.Refused { Problems: var problems }:
                    results[i] = new EventResult { Status = "invalid", Errors = problems };
                    break;
                default:
                    throw new InvalidOperationException("A reading that is neither.");
            }
        }

        return accepted;
    }

    private static (EventResult Result, long Sequence) ResultOf(AppendResult result)
    {
        var (status, receipt, error) = result switch
        {
            AppendResult.Recorded r => ("recorded", r.Receipt, null),
            AppendResult.Duplicate d => ("duplicate", d.Receipt, null),
            AppendResult.Conflict c => ("conflict", c.Existing, new AuditEventProblem("id", "An event with this id and other content was recorded before. Ids name one event for ever: use a new one.")),
            _ => throw new InvalidOperationException("A result that is none of the three."),
        };
        return (
            new EventResult
            {
                Status = status,
                Id = receipt.Id,
                Workspace = receipt.Workspace,
                Sequence = receipt.Sequence.ToString(CultureInfo.InvariantCulture),
                RecordedAt = AuditTime.Print(receipt.RecordedAt),
                Errors = error is null ? null : [error],
            },
            error is null ? receipt.Sequence : 0);
    }

    private static Task AnswerAsync(HttpContext context, bool single, EventResult[] results, bool allSealed)
    {
        var committed = results.Count(static r => r.Status is "recorded" or "duplicate");
        if (committed == 0)
        {
            return RefuseAsync(context, single, results);
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode =
            committed < results.Length ? StatusCodes.Status207MultiStatus
            : !allSealed ? StatusCodes.Status202Accepted
            : results.Any(static r => r.Status == "recorded") ? StatusCodes.Status201Created
            : StatusCodes.Status200OK;
        return single
            ? context.Response.WriteAsJsonAsync(results[0], ApiProblem.Json, context.RequestAborted)
            : context.Response.WriteAsJsonAsync(new { results }, ApiProblem.Json, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, bool single, EventResult[] results)
    {
        var (status, title) =
            results.All(static r => r.Status == "conflict") ? (StatusCodes.Status409Conflict, "Id in use")
            : results.All(static r => r.Status == "forbidden") ? (StatusCodes.Status403Forbidden, "Another workspace")
            : (StatusCodes.Status400BadRequest, single ? "Invalid event" : "No valid event");
        var detail = single
            ? string.Join(" ", results[0].Errors!.Select(static e => e.Message))
            : "None of the events was recorded; results says why, in their order.";
        return ApiProblem.WriteAsync(context, status, title, detail, results);
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).ToString().ToLowerInvariant() is "utf-8" or "utf8" or "us-ascii";

    private static bool IsPlain(StringValues encodings) =>
        encodings.SelectMany(static e => (e ?? "").Split(',')).All(static e => e.Trim() is "" || e.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase));
}
