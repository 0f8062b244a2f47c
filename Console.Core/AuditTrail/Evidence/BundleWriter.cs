using System.IO.Compression;
using System.Security.Cryptography;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Writes the zip of a bundle, file after file, and remembers the hash of each. Two bundles of the same content are the same bytes.</summary>
internal sealed class BundleWriter : IAsyncDisposable
{
    // The zip's own clock says nothing: the time stands in the manifest.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _zip;
    private readonly List<EvidenceFile> _files = [];

    private BundleWriter(ZipArchive zip) => _zip = zip;

    /// <summary>What was written so far.</summary>
    public IReadOnlyList<EvidenceFile> Files => _files;

    /// <summary>Begins.</summary>
    /// <param name="target">Can seek; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BundleWriter> StartAsync(Stream target, CancellationToken cancellationToken) =>
        new(await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken));

    /// <summary>Adds a small file.</summary>
    public Task AddAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        AddAsync(name, stream => stream.WriteAsync(bytes, cancellationToken).AsTask(), cancellationToken);

    /// <summary>Adds a file that is written as a stream.</summary>
    public async Task AddAsync(string name, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length;
        await using (var inner = await entry.OpenAsync(cancellationToken))
        await using (var stream = new HashingStream(inner, hash))
        {
            // Not flushed: what deflate writes for a flush is not counted in the zip's lengths (seen with .NET 10.0).
            await write(stream);
            length = stream.Position;
        }

        _files.Add(new EvidenceFile(name, length, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    /// <summary>Writes the directory of the zip.</summary>
    public ValueTask DisposeAsync() => _zip.DisposeAsync();
}
