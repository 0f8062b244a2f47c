using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Testing.Processes;

/// <summary>
/// Stands in for Identity-Aware Proxy in front of a console, for browsers: each request, and each WebSocket's first one, goes on with an assertion
/// of whoever is signed in, made anew; whatever a browser sends under that name is dropped.
/// </summary>
public sealed class IapProxy : IAsyncDisposable
{
    private const string Header = "X-Goog-IAP-JWT-Assertion";

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None }) { Timeout = TimeSpan.FromMinutes(5) };
    private readonly Func<Uri> _console;
    private readonly Func<string?> _assertion;

    private IapProxy(WebApplication app, Func<Uri> console, Func<string?> assertion) => (_app, _console, _assertion) = (app, console, assertion);

    /// <summary>Where browsers reach it.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts one on a free loopback port.</summary>
    /// <param name="console">Where the console is; asked for each request.</param>
    /// <param name="assertion">Whose assertion goes with it; null for none.</param>
    public static async Task<IapProxy> StartAsync(Func<Uri> console, Func<string?> assertion)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "iap" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var proxy = new IapProxy(app, console, assertion);
        app.UseWebSockets();
        app.Run(proxy.CarryAsync);
        await app.StartAsync();
        proxy.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return proxy;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task CarryAsync(HttpContext context)
    {
        try
        {
            await (context.WebSockets.IsWebSocketRequest ? CarrySocketAsync(context) : CarryRequestAsync(context));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebSocketException or OperationCanceledException)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
            }
            else
            {
                context.Abort();
            }
        }
    }

    private async Task CarryRequestAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), Target(context));
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is not (Header or "Connection" or "Transfer-Encoding") && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        if (_assertion() is { } assertion)
        {
            request.Headers.TryAddWithoutValidation(Header, assertion);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task CarrySocketAsync(HttpContext context)
    {
        using var far = new ClientWebSocket();
        far.Options.SetRequestHeader("Host", context.Request.Host.Value);
        foreach (var name in (string[])["Origin", "Cookie", "User-Agent"])
        {
            if (context.Request.Headers[name] is { Count: > 0 } values)
            {
                far.Options.SetRequestHeader(name, values.ToString());
            }
        }

        if (_assertion() is { } assertion)
        {
            far.Options.SetRequestHeader(Header, assertion);
        }

        await far.ConnectAsync(new UriBuilder(Target(context)) { Scheme = "ws" }.Uri, context.RequestAborted);
        using var near = await context.WebSockets.AcceptWebSocketAsync();
        await Task.WhenAny(CopyAsync(near, far, context.RequestAborted), CopyAsync(far, near, context.RequestAborted));
    }

    private Uri Target(HttpContext context) => new(_console(), $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString.ToUriComponent()}");

    private static async Task CopyAsync(WebSocket from, WebSocket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await to.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, cancellationToken);
        }
    }
}
