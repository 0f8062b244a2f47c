using System.Globalization;
using System.IO.Compression;
using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Foreign;

/// <summary>A log of small JSON leaves, and every kind of file about it, in a temporary folder.</summary>
internal sealed class LogFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("log-");

    public LogFiles(int size)
    {
        Leaves = [.. Enumerable.Range(0, size).Select(static i => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"action":"test","seq":"{{i}}"}""")))];
        MerkleHash[] hashes = [.. Leaves.Select(static l => TreeHasher.Leaf(l))];
        Tiles = MemoryTiles.Of(hashes);
        Tree = new TiledTree(Tiles, size);
    }

    public byte[][] Leaves { get; }

    public MemoryTiles Tiles { get; }

    public TiledTree Tree { get; }

    public static string LogKey { get; } = Keys.Log.AsLog().Key.ToString();

    public static ISigner Witness { get; } = Keys.Of("witness.example/w1", 7).AsWitness(TimeProvider.System);

    public async Task<SignedCheckpoint> CheckpointAsync(long size)
    {
        var checkpoint = Keys.Checkpoint(size, await new TiledTree(Tiles, size).RootAsync(default));
        return checkpoint.With([Witness.Sign(checkpoint.Note.Text)]);
    }

    public async Task<byte[]> ProofAsync(long index) =>
        new TlogProof(index, (await Tree.InclusionAsync(index, default)).Path, await CheckpointAsync(Tree.Size)).ToBytes();

    public async Task<byte[]> ConsistencyAsync(long from) =>
        new ConsistencyFile(from, (await Tree.ConsistencyAsync(from, default)).Path, await CheckpointAsync(Tree.Size)).ToBytes();

    public async Task<byte[]> RangeAsync(long start, long end) =>
        new RangeFile(start, end, (await Tree.RangeAsync(start, end, default)).Hashes, await CheckpointAsync(Tree.Size)).ToBytes();

    /// <summary>Leaves as lines.</summary>
    public byte[] Lines(int start, int end) => [.. Leaves[start..end].SelectMany(static l => l.Append((byte)'\n'))];

    /// <summary>A file in the folder.</summary>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The files of an evidence bundle of the leaves [start, end), by their names.</summary>
    public async Task<Dictionary<string, byte[]>> BundleAsync(int start, int end)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["checkpoint"] = (await CheckpointAsync(Tree.Size)).ToBytes(),
            ["log.vkey"] = Encoding.UTF8.GetBytes($"{LogKey}\n"),
            ["witness.vkey"] = Encoding.UTF8.GetBytes($"{Witness.Key}\n"),
            ["leaves.ndjson"] = Lines(start, end),
            [$"proofs/{start}.tlog-proof"] = await ProofAsync(start),
            [$"proofs/{end - 1}.tlog-proof"] = await ProofAsync(end - 1),
            ["proofs/since-3.checkpoint"] = (await CheckpointAsync(3)).ToBytes(),
            ["proofs/since-3.consistency"] = await ConsistencyAsync(3),
        };
        if (start > 0 || end < Tree.Size)
        {
            files[$"proofs/{start}-{end}.range-proof"] = await RangeAsync(start, end);
        }

        return files;
    }

    /// <summary>The same as a zip.</summary>
    public string Zip(string name, IReadOnlyDictionary<string, byte[]> files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, bytes) in files)
            {
                using var stream = zip.CreateEntry(entry).Open();
                stream.Write(bytes);
            }
        }

        return Write(name, memory.ToArray());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
