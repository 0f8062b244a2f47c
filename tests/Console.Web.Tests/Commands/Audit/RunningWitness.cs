using System.Net;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Commands.Audit;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>A witness of <see cref="Keys.Log"/> on a real socket, and a client of it.</summary>
internal sealed class RunningWitness : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly WitnessStore store;

    private RunningWitness(WitnessStore store, WitnessServer server, VerifierKey key)
    {
        this.store = store;
        Server = server;
        Key = key;
        Client = new WitnessClient(http, server.Prefix, key, TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    /// <summary>The server.</summary>
    public WitnessServer Server { get; }

    /// <summary>The witness's key.</summary>
    public VerifierKey Key { get; }

    /// <summary>A client with that key.</summary>
    public WitnessClient Client { get; }

    /// <summary>Plain HTTP.</summary>
    public HttpClient Http => http;

    /// <summary>Lines that the witness would print.</summary>
    public required List<string> Lines { get; init; }

    public static async Task<RunningWitness> StartAsync(string folder, string path = "/", VerifierKey? log = null)
    {
        var memory = WitnessStore.Open(folder);
        var signer = Keys.Of("witness.example/w1", 7).AsWitness(TimeProvider.System);
        var lines = new List<string>();
        var server = await WitnessServer.StartAsync(
            new Witness(memory, [log ?? Keys.Log.AsLog().Key], [signer]),
            new IPEndPoint(IPAddress.Loopback, 0),
            path,
            line =>
            {
                lock (lines)
                {
                    lines.Add(line);
                }
            },
            default);
        return new RunningWitness(memory, server, signer.Key) { Lines = lines };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        store.Dispose();
        http.Dispose();
    }
}
