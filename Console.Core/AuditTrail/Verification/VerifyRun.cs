using System.Diagnostics;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// One walk over one state of the tables, in the order of the leaves. Every table is read once, as a stream, while this thread hashes: memory
/// does not grow with the log.
/// </summary>
internal sealed partial class VerifyRun(ILedgerSnapshot snapshot, VerifyRequest request, VerifyTrust trust, OutsideRoots outside, VerifyLimits limits, DateTimeOffset now, Action<VerifyProgress> progress)
{
    private const int Group = Tile.FullWidth;
    private const int ReportEvery = 8_192;
    private const int HashColumn = 2;
    private const int NumberColumn = 1;

    private readonly Findings _findings = new(request.Limit);
    private VerifyRequest _request = request;
    private readonly TreeWalk _stored = new();
    private readonly TreeWalk _groupStart = new();
    private readonly NumberBook _numbers = new();
    private readonly List<IAsyncDisposable> _open = [];
    private TreeDoubts _doubts = null!;
    private TreeWalk? _sealed;
    private CheckpointCheck _checkpoints = null!;
    private TileCheck _tiles = null!;
    private LedgerCursor _leaves = null!;
    private LedgerCursor _events = null!;
    private LeafAt _leaf = null!;
    private TableCounts _counts = null!;
    private SearchCheck _search = null!;
    private GapCheck _gaps = null!;
    private ProgressCheck _progress = null!;
    private DisclosureCheck? _disclosures;
    private WordsCheck? _words;
    private ReceiptCheck? _receipts;
    private ActorBook? _actors;
    private Explanations _explanations = null!;
    private TimeFlags _times = null!;
    private long _from;
    private long _to;
    private long _size;
    private long _hashed;
    private long _pruned;
    private long _lastSealedAt;
    private long _lastCheckpointAt;
    private bool _clockWentBack;

    /// <summary>Walks.</summary>
    public async Task<VerifyReport> RunAsync(string store, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            await MeasureAsync(cancellationToken);
            await OpenAsync(cancellationToken);
            await BeforeAsync(cancellationToken);
            await WalkAsync(cancellationToken);
            await AfterAsync(cancellationToken);
            await EndAsync(cancellationToken);
            await GuardsAsync(cancellationToken);
            return new VerifyVerdict(_findings, _request, trust, outside, _explanations).Report(
                store, now, Stopwatch.GetElapsedTime(clock).TotalSeconds, _size, _from, _to, _hashed, _pruned, _checkpoints, _disclosures?.Erased ?? 0);
        }
        finally
        {
            foreach (var part in _open)
            {
                await part.DisposeAsync();
            }
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    // ---- what there is ----------------------------------------------------------------------------------------------
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        // No further than there can be leaves: one row with an index beyond all bounds is a row too many, and no log of that size.
        var rows = await snapshot.CountAsync(LedgerTable.Leaf, cancellationToken);
        var signed = await snapshot.LastAsync(LedgerTable.Checkpoint, cancellationToken) ?? 0;
        var events = (await snapshot.LastAsync(LedgerTable.Event, cancellationToken) ?? -1) + 1;

        var leaves = Math.Min((await snapshot.LastAsync(LedgerTable.Leaf, cancellationToken) ?? -1) + 1, Math.Max(rows, signed));

        // Bytes behind the last hash are a log whose hashes were cut, as far as it was signed; what lies beyond was never sealed.
        _size = Math.Max(leaves, Math.Min(events, signed));
        if (_size <= _request.FullUpTo)
        {
            _request = _request with { Full = true };
        }

        (_from, _to) = (0, _size);
        if (_request.From is not null || _request.To is not null)
        {
            (_from, _to) = await snapshot.SealedAsync(_request.From, _request.To, cancellationToken);
        }
        else if (!_request.IsWhole)
        {
            (_from, _to) = (_request.FromIndex ?? 0, _request.ToIndex ?? _size);
        }

        _from = Math.Clamp(_from, 0, _size);
        _to = Math.Clamp(_to, _from, _size);

        // Whole tiles: what lies beside them is known by one hash a tile.
        if (!_request.IsWhole)
        {
            _from -= _from % Group;
            _to = Math.Min(_size, (_to + Group - 1) / Group * Group);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        progress(new VerifyProgress("Opening the log", 0, _to - _from, 0));
        _doubts = new TreeDoubts(_findings);
        _explanations = await Explanations.ReadAsync(snapshot, cancellationToken);
        _times = new TimeFlags(limits);
        var (rowsStart, rowsEnd) = _request.IsWhole ? (long.MinValue, long.MaxValue) : (_from, _to);
        _counts = new TableCounts(snapshot, _findings);
        _leaves = await CursorAsync(LedgerTable.Leaf, rowsStart, rowsEnd);
        _events = await CursorAsync(LedgerTable.Event, rowsStart, rowsEnd);
        _leaf = new LeafAt(_events);
        var indexed = (await snapshot.LastAsync(LedgerTable.Search, cancellationToken) ?? -1) + 1;
        _progress = await ProgressCheck.ReadAsync(snapshot, cancellationToken);
        indexed = Math.Max(indexed, _progress.Indexed ?? 0);
        _search = Keep(new SearchCheck(await CursorAsync(LedgerTable.Search, rowsStart, rowsEnd), _findings, indexed, VerifyLimits.Before(now, limits.SealBound)));
        _gaps = Keep(new GapCheck(await CursorAsync(LedgerTable.Gap, rowsStart, rowsEnd), _findings));
        _tiles = Keep(await TileCheck.StartAsync(snapshot, _size, _findings, cancellationToken));
        _checkpoints = Keep(await CheckpointCheck.StartAsync(snapshot, _request.IsWhole ? long.MinValue : _from + 1, trust, _findings, _doubts, outside.Roots, cancellationToken));
        if (_request.Full)
        {
            _disclosures = Keep(new DisclosureCheck(await CursorAsync(LedgerTable.Disclosure, rowsStart, rowsEnd), _findings, _explanations) { Keeps = true });
            _words = Keep(new WordsCheck(await CursorAsync(LedgerTable.Words, rowsStart, rowsEnd), _findings, indexed));
            if (_request.IsWhole)
            {
                _receipts = Keep(new ReceiptCheck(await CursorAsync(LedgerTable.Receipt, long.MinValue, long.MaxValue), _findings, _explanations));
                _actors = await ActorBook.ReadAsync(snapshot, cancellationToken);
            }
        }

        async Task<LedgerCursor> CursorAsync(LedgerTable table, long from, long to)
        {
            var cursor = await LedgerCursor.StartAsync(snapshot, table, from, to, cancellationToken);
            _open.Add(cursor);
            return cursor;
        }
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _open.Add(part);
        return part;
    }

    // ---- the leaves before a range: one hash a tile ------------------------------------------------------------------
    private async Task BeforeAsync(CancellationToken cancellationToken)
    {
        while (_stored.Size < _from)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _tiles.GroupAsync(_stored.Size / Group);
            if (_tiles.Root() is not { } root)
            {
                Unreachable(_stored.Size, "tiles before the range are missing");
                return;
            }

            _stored.Push(1, root);
            _tiles.Fill(_stored, null);
        }
    }
}
