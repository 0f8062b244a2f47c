using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.Tests.AuditTrail.Foreign;

/// <summary>A log on a real socket, as c2sp.org/tlog-tiles lays it out.</summary>
internal sealed class TlogServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TlogServer(WebApplication app) => this.app = app;

    public string Prefix => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<TlogServer> StartAsync(LogFiles log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(async context =>
        {
            var bytes = await FindAsync(log, context.Request.Path.Value!.TrimStart('/'));
            context.Response.StatusCode = bytes is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            await context.Response.Body.WriteAsync(bytes ?? []);
        });
        await web.StartAsync();
        return new TlogServer(web);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task<byte[]?> FindAsync(LogFiles log, string path)
    {
        if (path == "checkpoint")
        {
            return (await log.CheckpointAsync(log.Tree.Size)).ToBytes();
        }

        if (!Tile.TryParsePath(path, out var tile, out var entries))
        {
            return null;
        }

        return entries
            ? EntryBundle.Write([.. log.Leaves.Skip((int)tile.Index * Tile.FullWidth).Take(tile.Width).Select(static l => new ReadOnlyMemory<byte>(l))])
            : log.Tiles.Stored.GetValueOrDefault(path);
    }
}
