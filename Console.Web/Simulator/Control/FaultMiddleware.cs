using System.Globalization;
using System.Net.Mime;
using OpsConsole.Web.Simulator.CloudRun;
using OpsConsole.Web.Simulator.CloudRun.Api;

namespace OpsConsole.Web.Simulator.Control;

/// <summary>Lets the faults happen, on every endpoint but the controls themselves. Runs after routing: it needs the method's permission.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultBook faults, TimeProvider time, string project, IHostApplicationLifetime lifetime)
{
    // The page of Google's front end, shortened.
    private const string Page = """
        <!DOCTYPE html>
        <html lang=en>
          <meta charset=utf-8>
          <title>Error {0} (Server Error)!!1</title>
          <p><b>{0}.</b> <ins>That’s an error.</ins>
          <p>The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.  <ins>That’s all we know.</ins>
        """;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/simulator", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var permission = PermissionOf(context);
        var region = context.Request.RouteValues["location"] as string;
        bool Fits(Fault fault) => Matches(fault, context.Request, region, permission);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            if (faults.Take(f => f.Kind == FaultKind.Latency && Fits(f)) is { } slow)
            {
                await Task.Delay(TimeSpan.FromSeconds(slow.Seconds), time, stop.Token);
            }

            if (faults.Take(f => f.Kind == FaultKind.HeldRequest && Fits(f), out var removed) is not null)
            {
                await HoldAsync(context, removed);
                return;
            }

            if (faults.Take(f => f.Kind == FaultKind.HeldAnswer && Fits(f), out removed) is not null)
            {
                await HoldAnswerAsync(context, removed, stop.Token);
                return;
            }

            if (faults.Take(f => f.Kind == FaultKind.LostAnswer && Fits(f)) is not null)
            {
                context.Response.Body = Stream.Null;
                await next(context);
                context.Abort();
                return;
            }

            if (faults.Take(f => HasAnswer(f.Kind) && Fits(f)) is not { } fault)
            {
                await next(context);
                return;
            }

            await AnswerAsync(context, fault, permission, region, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    // With the body in hand the caller is needed no more.
    private async Task HoldAsync(HttpContext context, Task removed)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        await removed.WaitAsync(lifetime.ApplicationStopping);
        context.RequestAborted = lifetime.ApplicationStopping;
        await next(context);
    }

    private async Task HoldAnswerAsync(HttpContext context, Task removed, CancellationToken cancellationToken)
    {
        var answer = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        await next(context);
        context.Response.Body = answer;
        await removed.WaitAsync(cancellationToken);
        held.Position = 0;
        await held.CopyToAsync(answer, cancellationToken);
    }

    private async Task AnswerAsync(HttpContext context, Fault fault, string permission, string? region, CancellationToken cancellationToken)
    {
        if (fault.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        switch (fault.Kind)
        {
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
            case FaultKind.Html:
                context.Response.StatusCode = fault.Status;
                context.Response.ContentType = "text/html; charset=UTF-8";
                await context.Response.WriteAsync(Page.Replace("{0}", fault.Status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), cancellationToken);
                break;
            case FaultKind.BrokenJson:
                context.Response.ContentType = MediaTypeNames.Application.Json;
                await context.Response.WriteAsync("{\n  \"services\": [\n    {\n      \"name\": \"projects/ac", cancellationToken);
                break;
            case FaultKind.Denied:
                var resource = region is null ? "projects/" + project : context.Request.Path.Value!.TrimStart('/')["v2/".Length..];
                Reply denied = ApiError.PermissionDenied(fault.Message ?? $"Permission '{permission}' denied on resource '{resource}' (or it may not exist).");
                await denied.WriteAsync(context);
                break;
            default:
                Reply reply = ApiError.OfHttp(fault.Kind == FaultKind.RegionDown ? 503 : fault.Status, fault.Message);
                await reply.WriteAsync(context);
                break;
        }
    }

    private static bool HasAnswer(FaultKind kind) => kind is not (FaultKind.Latency or FaultKind.LostAnswer or FaultKind.HeldRequest or FaultKind.HeldAnswer or FaultKind.OperationFails or FaultKind.OperationNeverEnds);

    private static bool Matches(Fault fault, HttpRequest request, string? region, string permission) =>
        (fault.Path is null || request.Path.Value!.StartsWith(fault.Path, StringComparison.Ordinal))
        && (fault.Method is null || string.Equals(fault.Method, request.Method, StringComparison.OrdinalIgnoreCase))
        && (fault.Region is null || fault.Region == region)
        && (fault.Permission is null || fault.Permission == permission)
        && (fault.DryRun is null || fault.DryRun == string.Equals(request.Query["validateOnly"], "true", StringComparison.OrdinalIgnoreCase))
        && (fault.Kind != FaultKind.RegionDown || fault.Region is not null);

    private static string PermissionOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiMethod>()?.Permission
        ?? (context.Request.Path.Value!.EndsWith("entries:list", StringComparison.Ordinal) ? "logging.logEntries.list"
            : context.Request.Path.Value.EndsWith("entries:write", StringComparison.Ordinal) ? "logging.logEntries.create"
            : "run.locations.list");
}
