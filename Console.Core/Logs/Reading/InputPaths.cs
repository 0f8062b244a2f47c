namespace OpsConsole.Core.Logs.Reading;

/// <summary>From what a person names to files.</summary>
internal static class InputPaths
{
    private const int MostFiles = ushort.MaxValue;

    /// <summary>Files as named; for a folder, all in it and below (a bucket's copy has one for each day), by name.</summary>
    /// <exception cref="LogExportException">Nothing that was named exists, or there are too many files.</exception>
    internal static List<InputFile> Expand(IReadOnlyList<string> paths, ReadOptions options, ICollection<SkippedLine> missing)
    {
        var files = new List<InputFile>();
        foreach (var path in paths)
        {
            if (path == "-")
            {
                files.Add(new InputFile(path, 0, options));
            }
            else if (Directory.Exists(path))
            {
                var all = Directory.GetFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true });
                Array.Sort(all, StringComparer.Ordinal);
                files.AddRange(all.Select(file => new InputFile(file, new FileInfo(file).Length, options)));
            }
            else if (File.Exists(path))
            {
                files.Add(new InputFile(path, new FileInfo(path).Length, options));
            }
            else
            {
                missing.Add(new SkippedLine(path, 0, "no such file or folder"));
            }
        }

        if (files.Count == 0)
        {
            throw new LogExportException(missing.Count > 0
                ? $"{string.Join(", ", missing.Select(m => m.File))}: no such file or folder."
                : $"{string.Join(", ", paths)}: the folder holds no file.");
        }

        return files.Count <= MostFiles
            ? files
            : throw new LogExportException($"{files.Count:N0} files are more than {MostFiles:N0}: put some together (cat) and try again.");
    }
}
