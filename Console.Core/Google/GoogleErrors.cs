using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;

namespace OpsConsole.Core.Google;

/// <summary>Turns HTTP failures into the closed set of <see cref="CloudRunError"/>.</summary>
internal static partial class GoogleErrors
{
    private const int LongestMessage = 600;

    /// <summary>Translates an answer that is not 2xx.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="headers">For Retry-After.</param>
    /// <param name="body">JSON envelope, or an HTML page of a front end.</param>
    /// <param name="call">What was asked.</param>
    /// <param name="now">For the date form of Retry-After.</param>
    public static GoogleAnswer Translate(int status, HttpResponseHeaders headers, ReadOnlyMemory<byte> body, GoogleCall call, DateTimeOffset now)
    {
        var envelope = ReadEnvelope(body);
        var message = Shorten(envelope?.Message is { Length: > 0 } said ? said : $"HTTP {status} with {Describe(body)}.");
        var retryAfter = RetryAfter(headers, now);

        CloudRunError error = status switch
        {
            401 => new CloudRunError.NotAuthenticated(message),
            403 when envelope is not null && ActAs().Match(message) is { Success: true } account => new CloudRunError.ActAsDenied(account.Groups["account"].Value, message),
            403 when envelope is not null => new CloudRunError.PermissionDenied(MissingPermission(envelope, call), call.Resource, message),
            404 when envelope is not null => new CloudRunError.NotFound(call.Resource),

            // 409 is two things: the resource was written since (read again), or the body is wrong ("Revision named 'x' with different
            // configuration already exists."). The words tell: old texts come without a status, and the status of the second is not documented.
            409 when envelope is not null && !message.StartsWith("Revision named", StringComparison.Ordinal) && (envelope.Status == "ABORTED" || message.StartsWith("Conflict for resource", StringComparison.Ordinal)) =>
                new CloudRunError.Conflict(message),
            409 when envelope is not null => new CloudRunError.AlreadyExists(message),
            429 => new CloudRunError.QuotaExceeded(call.What, retryAfter),
            >= 500 => new CloudRunError.Unavailable(call.What, message),
            >= 400 when envelope is not null => Rejected(envelope, message),
            _ => new CloudRunError.BadAnswer(call.What, message),
        };

        // Only what Google calls transient: 500 and 501 would fail again.
        return GoogleAnswer.Failed(error, status, status is 429 or 502 or 503 or 504, retryAfter);
    }

    /// <summary>A few words about a body that should have been JSON, safe to show.</summary>
    public static string Describe(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return "an empty body";
        }

        var text = System.Text.Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 4096)]);
        var title = Title().Match(text);
        return title.Success ? $"an HTML page \"{Shorten(title.Groups["title"].Value.Trim())}\""
            : text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal) ? "an HTML page"
            : $"{body.Length} bytes that are not the documented JSON";
    }

    /// <summary>Both forms: <c>Retry-After: 7</c> and <c>Retry-After: Sun, 22 Nov 2026 09:00:00 GMT</c>.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static ErrorWire? ReadEnvelope(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, WireJson.Default.ErrorEnvelopeWire)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// From <c>google.rpc.ErrorInfo</c> (metadata.permission), else from the words
    /// <c>Permission 'run.services.list' denied on resource …</c>, else the one that the method asks for.
    /// A 403 for another reason (API disabled, billing, VPC Service Controls) names none.
    /// </summary>
    private static string MissingPermission(ErrorWire error, GoogleCall call)
    {
        foreach (var detail in error.Details ?? [])
        {
            if (detail.ValueKind != JsonValueKind.Object
                || !detail.TryGetProperty("reason", out var reason) || reason.ValueKind != JsonValueKind.String)
            {
                continue;
            }

            if (detail.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty("permission", out var permission) && permission.ValueKind == JsonValueKind.String)
            {
                return permission.GetString()!;
            }

            if (reason.GetString() is not ("IAM_PERMISSION_DENIED" or "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
            {
                return "";
            }
        }

        var named = PermissionInWords().Match(error.Message ?? "");
        return named.Success ? named.Groups["name"].Value
            : error.Message?.Contains("has not been used in project", StringComparison.Ordinal) == true ? ""
            : call.Permission;
    }

    /// <summary>With what <c>google.rpc.BadRequest</c> says beyond the message: "Request contains an invalid argument." alone helps nobody.</summary>
    private static CloudRunError.Rejected Rejected(ErrorWire error, string message)
    {
        List<(string Field, string Description)> violations = [.. (error.Details ?? [])
            .Where(static d => d.ValueKind == JsonValueKind.Object && d.TryGetProperty("fieldViolations", out var list) && list.ValueKind == JsonValueKind.Array)
            .SelectMany(static d => d.GetProperty("fieldViolations").EnumerateArray())
            .Select(static v => (Text(v, "field"), Text(v, "description")))];
        var more = violations.Where(v => v.Description.Length > 0 && !message.Contains(v.Description, StringComparison.Ordinal)).Select(static v => v.Description);
        return new CloudRunError.Rejected(Shorten(string.Join(' ', more.Prepend(message)))) { Field = violations.Select(static v => v.Field).FirstOrDefault(static f => f.Length > 0) ?? "" };
    }

    private static string Text(JsonElement found, string key) =>
        found.ValueKind == JsonValueKind.Object && found.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Shorten(string text) => text.Length <= LongestMessage ? text : string.Concat(text.AsSpan(0, LongestMessage), "…");

    [GeneratedRegex("""[Pp]ermission ['"]?(?<name>[a-z]+\.[A-Za-z]+\.[A-Za-z]+)['"]? """, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex PermissionInWords();

    // Permission 'iam.serviceaccounts.actAs' denied on service account x@p.iam.gserviceaccount.com (or it may not exist).
    [GeneratedRegex("""iam\.service[aA]ccounts\.actAs['"]? denied on service account (?<account>[^\s]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex ActAs();

    [GeneratedRegex("<title>(?<title>[^<]{1,200})</title>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Title();
}
