using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Core.BackgroundActivity.Templates;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Groups late lines by message template, per revision. Texts are read back for late lines only, in the order of time; of more
/// than <see cref="MostTexts"/> late lines an even sample is read, and the counts are scaled.
/// </summary>
internal sealed class FindingsBuilder(AnalysisWork work)
{
    /// <summary>Texts read at most: about a second's work.</summary>
    public const int MostTexts = 60_000;

    private readonly Dictionary<int, Drain> _drains = [];
    private readonly Dictionary<(int Revision, bool Idle, int Template), FindingDraft> _drafts = [];
    private readonly LastEnds _lastEnds = new(work);
    private byte[] _buffer = [];

    public static IReadOnlyList<Finding> Build(AnalysisWork work, CancellationToken cancellationToken) =>
        new FindingsBuilder(work).Build(cancellationToken);

    private List<Finding> Build(CancellationToken cancellationToken)
    {
        var late = LateLines();
        var step = Math.Max(1, (late.Count + MostTexts - 1) / MostTexts);
        var chosen = new List<int>();
        for (var i = 0; i < late.Count; i += step)
        {
            chosen.Add(late[i]);
        }

        // Templates depend on the order of messages: the order of time makes them independent of the input's order.
        chosen.Sort((a, b) => LineOrder.ByTime(work.Table, a, b));
        foreach (var line in chosen)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(line);
        }

        var findings = _drafts.Values.Select(draft => Finish(draft, step)).ToList();
        findings.Sort((a, b) =>
        {
            var order = b.Entries.CompareTo(a.Entries);
            order = order != 0 ? order : Summaries.Compare(a.Revision, b.Revision);
            return order != 0 ? order : string.CompareOrdinal(a.Template + a.Kind, b.Template + b.Kind);
        });
        return findings;
    }

    private List<int> LateLines()
    {
        var late = new List<int>();
        for (var i = 0; i < work.Results.Classes.Length; i++)
        {
            if (work.Results.Classes[i] is EntryClass.AfterResponse or EntryClass.Resumed or EntryClass.IdleInstance)
            {
                late.Add(i);
            }
        }

        return late;
    }

    private void Add(int line)
    {
        ref readonly var row = ref work.Table.Lines[line];
        var text = MessageText.Of(work.Table, row.Ref, ref _buffer);
        if (!_drains.TryGetValue(row.Revision, out var drain))
        {
            _drains[row.Revision] = drain = new Drain();
        }

        var idle = work.Results.Classes[line] == EntryClass.IdleInstance;
        var key = (row.Revision, idle, drain.Add(text));
        if (!_drafts.TryGetValue(key, out var draft))
        {
            draft = new FindingDraft { Revision = key.Revision, Idle = idle, Template = key.Item3, Example = text };
            _drafts[key] = draft;
        }

        var request = idle ? work.Results.Requests.ProbableOf(line) : work.Results.Requests.Of(line);
        var tail = idle
            ? _lastEnds.Since(row.Instance, row.TimestampNs)
            : (request < 0 ? -1 : row.TimestampNs - work.Ends.End[request]);
        draft.Add(line, row, request, tail);
    }

    private Finding Finish(FindingDraft draft, int step)
    {
        var period = draft.Idle ? Periodicity.PeriodOf(draft) : null;
        var kind = period is not null ? FindingKind.Periodic
            : HeldOpen.Is(draft) ? FindingKind.HeldOpen
            : draft.Idle ? FindingKind.IdleInstance : FindingKind.AfterResponse;

        // An idle line has a tail only where its probable request is named: the last to end may be another.
        var tails = draft.Occurrences
            .Select(o => !draft.Idle ? o.Tail : (work.Results.Requests.ProbableOf(o.Line) is var probable and >= 0 ? o.Time - work.Ends.End[probable] : -1))
            .Where(tail => tail >= 0)
            .Select(tail => tail / 1e9).Order().ToList();
        var key = work.Table.Revisions[draft.Revision];
        var template = _drains[draft.Revision].TemplateOf(draft.Template);
        return new Finding
        {
            Revision = key,
            Kind = kind,
            Template = template,
            Example = draft.Example,
            Entries = draft.Entries * step,
            Requests = draft.Requests.Count,
            MaxTailSeconds = tails.Count == 0 ? null : tails[^1],
            P50TailSeconds = tails.Count == 0 ? null : tails[(tails.Count - 1) / 2],
            PeriodSeconds = period is { } ns ? ns / 1e9 : null,
            Lines = draft.Proofs(),
            Id = IdOf(key, kind, template),
        };
    }

    /// <summary>The same for all revisions of a service, so that an acceptance outlives a deployment.</summary>
    private static string IdOf(Logs.RevisionKey key, FindingKind kind, string template)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{key.Project}\n{key.Location}\n{key.Service}\n{(int)kind}\n{template}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
