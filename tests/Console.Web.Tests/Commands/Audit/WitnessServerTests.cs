using System.Net;
using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>The witness over HTTP, spoken to by the console's own client and by hand.</summary>
public sealed class WitnessServerTests : IDisposable
{
    private static readonly MerkleHash[] Leaves = [.. Enumerable.Range(0, 60).Select(static i => TreeHasher.Leaf(Encoding.UTF8.GetBytes($"event {i}")))];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("witness-");

    [Fact]
    public async Task AddCheckpoint_GrowingLog_IsCosignedAndServedToMonitors()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName, "/prefix/w1");

        var cosigned = Assert.IsType<WitnessReply.Cosigned>(await witness.Client.AddAsync(await RequestAsync(0, 20), default));
        Assert.IsType<WitnessReply.Cosigned>(await witness.Client.AddAsync(await RequestAsync(20, 60), default));

        Assert.Equal(witness.Key.Id, Assert.Single(cosigned.Cosignatures).KeyId);
        var served = await witness.Http.GetByteArrayAsync(new Uri(witness.Server.Prefix, $"{WitnessStore.HashOf(Keys.Log.Name)}/checkpoint"));
        Assert.True(SignedCheckpoint.TryParse(served, out var latest, out _));
        Assert.Equal(60, latest.Checkpoint.Size);
        var policy = WitnessPolicy.Of([Keys.Log.AsLog().Key], [witness.Key], 1);
        Assert.IsType<ProofVerdict.Trusted>(policy.Judge(latest));
        Assert.EndsWith("/prefix/w1/", witness.Server.Prefix.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains(witness.Lines, static l => l.StartsWith("200 ops.example.com/audit 60 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddCheckpoint_RolledBackLog_AnswersTheLargerSize()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName);
        await witness.Client.AddAsync(await RequestAsync(0, 40), default);

        Assert.Equal(new WitnessReply.Conflict(40), await witness.Client.AddAsync(await RequestAsync(10, 30), default));

        using var raw = await PostAsync(witness, (await RequestAsync(10, 30)).ToString());
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", "40\n"), (raw.StatusCode, raw.Content.Headers.ContentType!.ToString(), await raw.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task AddCheckpoint_ForkSignedWithTheLogsOwnKey_IsRefused()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName);
        await witness.Client.AddAsync(await RequestAsync(0, 40), default);
        var forged = Leaves.Reverse().ToArray();
        var tree = new TiledTree(MemoryTiles.Of(forged), 60);
        var fork = new ConsistencyFile(40, (await tree.ConsistencyAsync(40, default)).Path, Keys.Checkpoint(60, await tree.RootAsync(default)));

        Assert.IsType<WitnessReply.Inconsistent>(await witness.Client.AddAsync(fork, default));
        Assert.Contains(witness.Lines, static l => l.StartsWith("422 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AddCheckpoint_TwoAtOnce_OneWins()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName);
        var requests = await Task.WhenAll(Enumerable.Range(1, 30).Select(size => RequestAsync(0, size)));

        var replies = await Task.WhenAll(requests.Select(r => witness.Client.AddAsync(r, default)));

        Assert.Single(replies.OfType<WitnessReply.Cosigned>());
        var size = Assert.Single(replies.OfType<WitnessReply.Conflict>().Select(static c => c.Size).Distinct());
        Assert.IsType<WitnessReply.Cosigned>(replies[size - 1]);
    }

    [Fact]
    public async Task AddCheckpoint_StrangeLogKeyOrBody_IsRefusedWithItsStatus()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName);
        var stranger = Keys.Of("stranger.example/log", 8);
        var thief = Keys.Of(Keys.Log.Name, 8);

        Assert.Equal(404, Assert.IsType<WitnessReply.Refused>(await witness.Client.AddAsync(Signed(stranger), default)).Status);
        Assert.Equal(403, Assert.IsType<WitnessReply.Refused>(await witness.Client.AddAsync(Signed(thief), default)).Status);
        Assert.Equal(400, Assert.IsType<WitnessReply.Refused>(await witness.Client.AddAsync((await RequestAsync(0, 5)) with { OldSize = 6 }, default)).Status);
        using var large = await PostAsync(witness, new string('a', 300_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var nothing = await witness.Http.GetAsync(new Uri(witness.Server.Prefix, $"{WitnessStore.HashOf(Keys.Log.Name)}/checkpoint"));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.DoesNotContain(witness.Lines, static l => l.Contains("stranger", StringComparison.Ordinal));

        static ConsistencyFile Signed(SigningKey key) => new(0, [], new Checkpoint(key.Name, 1, Leaves[0]).Sign(key.AsLog()));
    }

    [Fact]
    public async Task AddCheckpoint_MemoryDamaged_Answers500AndCosignsNothing()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{WitnessStore.HashOf(Keys.Log.Name)}.checkpoint"), "damaged");

        Assert.IsType<WitnessReply.Unavailable>(await witness.Client.AddAsync(await RequestAsync(0, 20), default));
        Assert.Contains(witness.Lines, static l => l.StartsWith("500 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_AnotherWitnessAnswers_IsNotBelieved()
    {
        await using var witness = await RunningWitness.StartAsync(folder.FullName);
        var client = new WitnessClient(witness.Http, witness.Server.Prefix, Keys.Of("witness.example/w1", 9).AsWitness(TimeProvider.System).Key, TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.IsType<WitnessReply.Unavailable>(await client.AddAsync(await RequestAsync(0, 20), default));
    }

    [Fact]
    public async Task Client_NobodyThere_SaysSo()
    {
        using var http = new HttpClient();
        var client = new WitnessClient(http, new Uri("http://127.0.0.1:1/"), Keys.Of("w", 9).AsWitness(TimeProvider.System).Key, TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.Contains("127.0.0.1", Assert.IsType<WitnessReply.Unavailable>(await client.AddAsync(await RequestAsync(0, 20), default)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\n040\n")]
    [InlineData("HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n40")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Client_AnswerThatMakesNoSense_IsUnavailable(string answer)
    {
        var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener, answer);
        using var http = new HttpClient();
        var client = new WitnessClient(
            http, new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), Keys.Of("w", 9).AsWitness(TimeProvider.System).Key, TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.IsType<WitnessReply.Unavailable>(await client.AddAsync(await RequestAsync(0, 20), default));
        await serving;
    }

    [Fact]
    public async Task Client_NoAnswerInTime_SaysSoAndCallerMayGiveUp()
    {
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        var key = Keys.Of("w", 9).AsWitness(TimeProvider.System).Key;
        using var gaveUp = new CancellationTokenSource();
        await gaveUp.CancelAsync();

        var late = await new WitnessClient(http, address, key, TimeSpan.FromMilliseconds(50), TimeProvider.System).AddAsync(await RequestAsync(0, 20), default);

        Assert.Contains("within 0.1 s", Assert.IsType<WitnessReply.Unavailable>(late).Reason, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await new WitnessClient(http, address, key, TimeSpan.FromSeconds(20), TimeProvider.System).AddAsync(await RequestAsync(0, 20), gaveUp.Token));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task ServeOnceAsync(System.Net.Sockets.TcpListener listener, string answer)
    {
        using var held = listener;
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        while (!text.ToString().Contains("\n\n— ", StringComparison.Ordinal))
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        connection.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
    }

    private static Task<HttpResponseMessage> PostAsync(RunningWitness witness, string body) =>
        witness.Http.PostAsync(new Uri(witness.Server.Prefix, "add-checkpoint"), new StringContent(body));

    private static async Task<ConsistencyFile> RequestAsync(long from, int to)
    {
        var tree = new TiledTree(MemoryTiles.Of(Leaves.AsSpan(0, to)), to);
        return new ConsistencyFile(from, (await tree.ConsistencyAsync(Math.Min(from, to), default)).Path, Keys.Checkpoint(to, await tree.RootAsync(default)));
    }
}
