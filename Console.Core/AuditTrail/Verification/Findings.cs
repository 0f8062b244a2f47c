using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What a verification has found so far. Problems beyond the limit are counted and not kept.</summary>
internal sealed class Findings(int limit)
{
    private const int MaxNotes = 50;
    private readonly List<VerifyProblem> _problems = [];
    private readonly List<string> _notes = [];
    private VerifyProblem? _run;

    /// <summary>All problems, also those that are not kept.</summary>
    public long Count { get; private set; }

    /// <summary>Notes.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The size of the last checkpoint whose root is that of the leaves.</summary>
    public long? LastGood { get; set; }

    /// <summary>Problems in the order of the log; those without a place last.</summary>
    public IReadOnlyList<VerifyProblem> Problems() => [.. Swapped(_problems).OrderBy(static p => p.Index ?? long.MaxValue)];

    /// <summary>Adds a problem. Neighbouring leaves with the same kind of problem and no hashes of their own become one range.</summary>
    public void Add(VerifyProblem problem, Func<long, long, string>? range = null)
    {
        problem = problem with { LastGoodCheckpoint = problem.LastGoodCheckpoint ?? LastGood };
        if (range is not null && _run is { Index: { } first } run && run.Kind == problem.Kind && (run.LastIndex ?? first) + 1 == problem.Index)
        {
            Replace(run, run with { LastIndex = problem.Index, EventId = null, Workspace = null, Expected = null, Found = null, Sentence = range(first, problem.Index.Value) });
            return;
        }

        Count++;
        if (_problems.Count < limit)
        {
            _problems.Add(problem);
            _run = range is null ? null : problem;
        }
        else
        {
            _run = null;
        }
    }

    /// <summary>Adds a note, once.</summary>
    public void Note(string sentence)
    {
        if (_notes.Count < MaxNotes && !_notes.Contains(sentence, StringComparer.Ordinal))
        {
            _notes.Add(sentence);
        }
    }

    // Two that lie far apart have each other's hashes: they were swapped, whatever checkpoints lie between them.
    private static List<VerifyProblem> Swapped(List<VerifyProblem> problems)
    {
        var byFound = new Dictionary<string, VerifyProblem>(StringComparer.Ordinal);
        foreach (var problem in problems)
        {
            if (problem is { Kind: VerifyProblemKind.EventChanged, Found: { } found, Expected: not null, Index: not null, LastIndex: null })
            {
                byFound.TryAdd(found, problem);
            }
        }

        return
        [
            .. problems.Select(p => p is { Kind: VerifyProblemKind.EventChanged, Expected: { } expected } && byFound.TryGetValue(expected, out var other) && other.Expected == p.Found && other != p
                ? p with
                {
                    Kind = VerifyProblemKind.EventsSwapped,
                    Sentence = string.Create(CultureInfo.InvariantCulture, $"The event at index {p.Index} is the one that was sealed at index {other.Index}, and the other way round."),
                }
                : p),
        ];
    }

    private void Replace(VerifyProblem old, VerifyProblem with)
    {
        _problems[_problems.LastIndexOf(old)] = with;
        _run = with;
    }
}
