using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsConsole.Core.AuditTrail.Witnessing;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>The HTTP of a witness (c2sp.org/tlog-witness): <c>POST add-checkpoint</c> and <c>GET SHA256-OF-ORIGIN/checkpoint</c> below a prefix.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    /// <summary>Room for 63 hashes and a hundred signatures.</summary>
    private const int MaxBody = 256 * 1024;

    private const string PlainText = "text/plain; charset=utf-8";
    private readonly WebApplication app;

    private WitnessServer(WebApplication app, string prefix)
    {
        this.app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Prefix = new Uri($"{address.TrimEnd('/')}{prefix}/");
    }

    /// <summary>Submission and monitoring prefix, with a slash at the end.</summary>
    public Uri Prefix { get; }

    /// <summary>Starts a server; it answers when the task ends.</summary>
    /// <param name="witness">What decides.</param>
    /// <param name="address">Port 0 takes a free one.</param>
    /// <param name="path">Path in front of the addresses; <c>/</c> for none.</param>
    /// <param name="report">Gets one line for each decision on a known log.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WitnessServer> StartAsync(
        Witness witness, IPEndPoint address, string path, Action<string> report, CancellationToken cancellationToken)
    {
        var prefix = path.TrimEnd('/');
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(WitnessServer).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(address);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var web = builder.Build();
        web.UseRouting();
        web.MapPost($"{prefix}/add-checkpoint", context => AddAsync(context, witness, report));
        web.MapGet($"{prefix}/{{originHash}}/checkpoint", context => LatestAsync(context, witness));
        try
        {
            await web.StartAsync(cancellationToken);
            return new WitnessServer(web, prefix);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task AddAsync(HttpContext context, Witness witness, Action<string> report)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, e.StatusCode, $"{e.Message}\n");
            return;
        }

        WitnessDecision decision;
        try
        {
            decision = witness.Add(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report($"500 {e.Message}");
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "The witness cannot keep checkpoints at the moment.\n");
            return;
        }

        var (text, type) = Answer(decision);
        if (decision is not (WitnessDecision.UnknownOrigin or WitnessDecision.BadRequest))
        {
            report(Line(decision, text));
        }

        context.Response.ContentType = type;
        await AnswerAsync(context, decision.Status, text);
    }

    private static (string Text, string Type) Answer(WitnessDecision decision) => decision switch
    {
        WitnessDecision.Cosigned cosigned => (string.Concat(cosigned.Cosignatures.Select(static s => $"{s}\n")), PlainText),
        WitnessDecision.Conflict conflict => ($"{conflict.Size.ToString(CultureInfo.InvariantCulture)}\n", "text/x.tlog.size"),
        WitnessDecision.UnknownOrigin => ("This witness does not watch this log.\n", PlainText),
        WitnessDecision.BadRequest bad => ($"{bad.Reason}\n", PlainText),
        WitnessDecision.Forbidden forbidden => ($"{forbidden.Reason}\n", PlainText),
        WitnessDecision.Inconsistent inconsistent => ($"{inconsistent.Reason}\n", PlainText),
        _ => throw new InvalidOperationException($"A decision without an answer: {decision}."),
    };

    private static string Line(WitnessDecision decision, string text) => decision is WitnessDecision.Cosigned { Checkpoint.Checkpoint: var c }
        ? string.Create(CultureInfo.InvariantCulture, $"200 {c.Origin} {c.Size} {c.Root}")
        : string.Create(CultureInfo.InvariantCulture, $"{decision.Status} {text.TrimEnd()}");

    private static async Task LatestAsync(HttpContext context, Witness witness)
    {
        var latest = witness.Latest((string)context.Request.RouteValues["originHash"]!);
        await AnswerAsync(context, latest is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, latest?.ToString() ?? "No checkpoint of this log was cosigned here.\n");
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType ??= PlainText;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
