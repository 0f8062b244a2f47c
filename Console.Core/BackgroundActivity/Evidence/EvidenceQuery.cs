using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Core.BackgroundActivity.Evidence;

/// <summary>Which classified entries are wanted. What is null does not limit; all limits apply together.</summary>
public sealed record EvidenceQuery
{
    public string? Project { get; init; }

    public string? Location { get; init; }

    public string? Service { get; init; }

    public string? Revision { get; init; }

    /// <summary><see cref="Finding.Id"/>: the entries that a finding keeps as proofs, 1,000 at most.</summary>
    public string? Finding { get; init; }

    /// <summary>insertId of a request: its entries, certain and probable.</summary>
    public string? Request { get; init; }

    /// <summary>Id of an instance.</summary>
    public string? Instance { get; init; }

    /// <summary>Classes; empty means all.</summary>
    public IReadOnlyList<EntryClass> Classes { get; init; } = [];

    /// <summary>Numbers of the lines, by time.</summary>
    public IReadOnlyList<int> Select(Analysis analysis)
    {
        var table = analysis.Table;
        var revisions = table.Revisions.Select(key =>
            Is(Project, key.Project) && Is(Location, key.Location) && Is(Service, key.Service) && Is(Revision, key.Revision)).ToArray();
        var request = Request is null ? -1 : RequestView.Find(analysis, Request);
        var instance = Instance is null ? -1 : InstanceView.Find(analysis, Instance);
        if ((Request is not null && request < 0) || (Instance is not null && instance < 0))
        {
            return [];
        }

        IEnumerable<int> candidates = Finding is null
            ? Enumerable.Range(0, table.Lines.Count)
            : analysis.Findings.Where(f => f.Id == Finding && Is(Revision, f.Revision.Revision)).SelectMany(static f => f.Lines).Distinct();
        List<int> chosen = [];
        foreach (var line in candidates)
        {
            ref readonly var row = ref table.Lines[line];
            if (revisions[row.Revision]
                && (request < 0 || analysis.RequestOf[line] == request || analysis.ProbableRequestOf[line] == request)
                && (instance < 0 || row.Instance == instance)
                && (Classes.Count == 0 || Classes.Contains(analysis.Classes[line])))
            {
                chosen.Add(line);
            }
        }

        chosen.Sort((a, b) => RequestView.Compare(table.Lines[a].TimestampNs, table.Lines[b].TimestampNs, a, b));
        return chosen;
    }

    /// <summary>Name for the file: what it is about and its window, with nothing that a file system minds.</summary>
    /// <param name="project">Project of the source.</param>
    /// <param name="from">Start of the window.</param>
    /// <param name="to">End of the window.</param>
    /// <param name="format">For the ending.</param>
    public string FileName(string project, DateTimeOffset? from, DateTimeOffset? to, EvidenceFormat format)
    {
        string?[] parts =
        [
            "evidence", Project ?? project, Service, Revision,
            Finding is null ? null : $"finding-{Finding}", Request is null ? null : $"request-{Request}", Instance is null ? null : $"instance-{Instance}",
            Stamp(from), Stamp(to),
        ];
        var name = string.Join('_', parts.Where(static p => !string.IsNullOrEmpty(p)));
        var safe = new string([.. name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
        return (safe.Length > 180 ? safe[..180] : safe) + (format == EvidenceFormat.Csv ? ".csv" : ".ndjson");
    }

    private static bool Is(string? wanted, string actual) => string.IsNullOrEmpty(wanted) || string.Equals(wanted, actual, StringComparison.Ordinal);

    private static string? Stamp(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
