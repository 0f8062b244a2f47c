using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The late lines of one revision that share a template, while they are being collected in time order.</summary>
internal sealed class FindingDraft
{
    /// <summary>Proofs kept for screens.</summary>
    public const int MostProofs = 1000;

    public required int Revision { get; init; }

    public required bool Idle { get; init; }

    public required int Template { get; init; }

    public required string Example { get; init; }

    public long Entries { get; set; }

    /// <summary>Line, time, and nanoseconds since its request (certain, or for idle lines the last on the instance) ended; -1 without one.</summary>
    public List<(int Line, int Instance, long Time, long Tail)> Occurrences { get; } = [];

    public HashSet<int> Requests { get; } = [];

    public IReadOnlyList<int> Proofs() => [.. Occurrences.Take(MostProofs).Select(o => o.Line)];

    public void Add(int line, in LineRow row, int request, long tail)
    {
        Entries++;
        Occurrences.Add((line, row.Instance, row.TimestampNs, tail));
        if (request >= 0)
        {
            Requests.Add(request);
        }
    }
}
