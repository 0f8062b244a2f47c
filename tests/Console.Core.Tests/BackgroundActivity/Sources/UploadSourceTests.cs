using System.IO.Compression;
using System.Text;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class UploadSourceTests
{
    [Fact]
    public async Task AddUpload_OfAnExport_IsReadAnalysedAndSurvivesARestart()
    {
        await using var bench = await CatalogBench.StartAsync();
        var id = bench.Catalog.AddUpload(bench.Part(Export()), "orders.json", "Sam Rivera");
        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Ready);
        Assert.Equal("orders.json", bench.Find(id).Title);
        Assert.Equal("acme-prod", bench.Find(id).Project);
        Assert.Equal(1, bench.Find(id).Current!.Revisions[0].RequestsWithAfterResponse);
        Assert.Equal(LogWorld.Epoch.AddSeconds(10), bench.Find(id).From);

        await bench.RestartAsync();
        var again = bench.Find(id);
        Assert.Equal((SourceState.Waiting, "orders.json"), (again.State, again.Title));
        Assert.Null(again.Current);
        using var looking = again.Subscribe(static () => Task.CompletedTask);
        await again.WhenAsync(static s => s.State == SourceState.Ready);
        Assert.Equal(1, again.Current!.Revisions[0].RequestsWithAfterResponse);
    }

    [Fact]
    public async Task Remove_OfAnUpload_DeletesItsFilesAndClosesItWhenNobodyLooks()
    {
        await using var bench = await CatalogBench.StartAsync();
        var id = bench.Catalog.AddUpload(bench.Part(Export()), "orders.json", "Sam Rivera");
        var source = bench.Find(id);
        await source.WhenAsync(static s => s.State == SourceState.Ready);
        var analysis = source.Current!;
        var looking = source.Subscribe(static () => Task.CompletedTask);

        await bench.Catalog.RemoveAsync(id);

        Assert.Null(bench.Catalog.Find(id));
        Assert.Empty(Directory.GetFiles(bench.Uploads));
        Assert.NotEqual(0, analysis.Table.ReadEntry(analysis.Table.Lines[0].Ref).Length);
        looking.Dispose();
        Assert.ThrowsAny<Exception>(() => analysis.Table.ReadEntry(analysis.Table.Lines[0].Ref));
    }

    [Fact]
    public async Task AddUpload_OfSomethingElse_SaysWhatIsWrong()
    {
        await using var bench = await CatalogBench.StartAsync();
        var id = bench.Catalog.AddUpload(bench.Part(Encoding.UTF8.GetBytes("PK not a log")), "photo.jpg", "Sam Rivera");

        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Failed);

        Assert.NotEmpty(bench.Find(id).Problem!);
        Assert.Null(bench.Find(id).Current);
    }

    [Fact]
    public async Task AddUpload_OfAGzipBomb_IsRefused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var i = 0; i < 100; i++)
            {
                await gzip.WriteAsync(zeros);
            }
        }

        await using var bench = await CatalogBench.StartAsync();
        var id = bench.Catalog.AddUpload(bench.Part(packed.ToArray()), "logs.json.gz", "Sam Rivera");

        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Failed);

        Assert.Null(bench.Find(id).Current);
    }

    [Fact]
    public async Task Start_WithAPartOfAnUploadThatBrokeOff_DeletesIt()
    {
        await using var bench = await CatalogBench.StartAsync();
        var part = bench.Part([1, 2, 3]);

        Assert.NotEmpty(bench.Catalog.All);

        Assert.False(File.Exists(part));
    }

    private static byte[] Export()
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        world.Line("i1", 10.2, "in", LogWorld.Trace(1));
        world.Line("i1", 14, "late", LogWorld.Trace(1));
        world.Request("i1", 100, 0.5, LogWorld.Trace(2));
        return Encoding.UTF8.GetBytes(world.ToNdjson());
    }
}
