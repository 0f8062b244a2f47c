namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>The files of a bundle, as a zip or unpacked in a folder. What it reads may come from anybody.</summary>
internal interface IBundleFiles : IDisposable
{
    /// <summary>Paths of all files, with '/'.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Length of a file when it is unpacked, as the container says.</summary>
    long LengthOf(string name);

    /// <summary>Reads a file from its beginning. Ends at <see cref="LengthOf"/> bytes, or throws.</summary>
    /// <exception cref="BundleException">The content is not what the container says, while it is read.</exception>
    Stream Open(string name);
}
