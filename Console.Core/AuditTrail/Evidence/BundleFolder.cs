using OpsConsole.Core.AuditTrail.Native;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>A bundle that somebody unpacked.</summary>
internal sealed class BundleFolder : IBundleFiles
{
    private readonly string _folder;
    private readonly Dictionary<string, long> _files = new(StringComparer.Ordinal);

    /// <summary>Looks what is there.</summary>
    /// <exception cref="BundleException">There is too much, or something that is no file.</exception>
    public BundleFolder(string folder)
    {
        _folder = folder;
        foreach (var file in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
            if (file.LinkTarget is not null)
            {
                throw new BundleException($"{name} is a link, which is not followed.", name);
            }

            if (file is not FileInfo { Length: var length })
            {
                // The only one of a bundle. Whatever lies in another one is not looked at.
                if (name != "proofs")
                {
                    throw new BundleException($"{name} is a folder, and no file of a bundle.", name);
                }

                continue;
            }

            if (FileNature.OtherThanFile(file.FullName) is { } other)
            {
                throw new BundleException($"{name} is {other}, and no file.", name);
            }

            if (_files.Count == BundleLimits.Files)
            {
                throw new BundleException($"The folder has more than {BundleLimits.Files} files.");
            }

            _files.Add(name, length);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Names => [.. _files.Keys];

    /// <inheritdoc />
    public long LengthOf(string name) => _files[name];

    /// <inheritdoc />
    public Stream Open(string name) => new FileStream(Path.Combine(_folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
