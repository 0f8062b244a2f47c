using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Testing.Google;

/// <summary>
/// An HTTP server on a real loopback socket that answers what a test tells it to, including what no well-behaved server
/// does: hang, cut the connection, send half a body. Answers are queued by path; the last one of a path is repeated.
/// </summary>
public sealed class ScriptedGoogle : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Queue<ScriptedAnswer>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly TaskCompletionSource _firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private ScriptedGoogle(WebApplication app) => _app = app;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>All requests so far, in order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Ends when the first request is in.</summary>
    public Task FirstRequest => _firstRequest.Task;

    /// <summary>Starts one; it answers when the task ends.</summary>
    public static async Task<ScriptedGoogle> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "scripted-google" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var google = new ScriptedGoogle(app);
        app.Run(google.AnswerAsync);
        await app.StartAsync();
        google.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return google;
    }

    /// <summary>Queues answers for a path (without query), for example <c>/v2/entries:list</c>.</summary>
    public ScriptedGoogle On(string path, params IReadOnlyList<ScriptedAnswer> answers)
    {
        var queue = _answers.GetOrAdd(path, static _ => new Queue<ScriptedAnswer>());
        lock (queue)
        {
            foreach (var answer in answers)
            {
                queue.Enqueue(answer);
            }
        }

        return this;
    }

    /// <summary>The requests of one path.</summary>
    public IReadOnlyList<ScriptedRequest> RequestsOf(string path) => [.. _requests.Where(r => r.Path == path)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Hanging answers end with their connections: do not wait for them.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _requests.Enqueue(new ScriptedRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(static h => h.Key.ToLowerInvariant(), static h => h.Value.ToString(), StringComparer.Ordinal),
            body));
        _firstRequest.TrySetResult();

        var answer = Next(context.Request.Path.Value ?? "");
        switch (answer.Broken)
        {
            case ScriptedAnswer.Fault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                context.Abort();
                return;
            case ScriptedAnswer.Fault.Reset:
                context.Abort();
                return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Broken == ScriptedAnswer.Fault.HalfABody)
        {
            await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private ScriptedAnswer Next(string path)
    {
        if (!_answers.TryGetValue(path, out var queue))
        {
            return ScriptedAnswer.Error(404, "NOT_FOUND", $"Nothing is scripted for {path}.");
        }

        lock (queue)
        {
            return queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }
    }
}
