using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// The console's verifications: one at a time, for all viewers, and apart from whoever looks. The start is recorded before anything is read, and
/// the end with its verdict, so that the history of verifications is part of the log that they verify.
/// </summary>
/// <param name="verifier">Does the work.</param>
/// <param name="trust">What is believed now.</param>
/// <param name="trail">Where start and end are recorded.</param>
/// <param name="acts">Makes those events.</param>
/// <param name="reader">Where the history is read from.</param>
/// <param name="bookmark">Keeps how far it is, over restarts.</param>
/// <param name="consoles">Which consoles run: a verification ends with its console.</param>
/// <param name="time">The clock.</param>
/// <param name="limits">How many one person may begin.</param>
public sealed class Verifications(
    Verifier verifier, Func<VerifyTrust> trust, IAuditTrail trail, ActEvents acts, IAuditReader reader, VerifyBookmark bookmark, IConsoles consoles, TimeProvider time, ActLimits? limits = null) : IAsyncDisposable
{
    // An id names one event for ever: whoever records the end of a run records it once.
    private const string EndSuffix = KilledActs.EndSuffix;
    private const int ProblemsKept = 20;
    private static readonly TimeSpan OpenDays = TimeSpan.FromDays(40);
    private static readonly TimeSpan HistoryDays = TimeSpan.FromDays(400);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private CancellationTokenSource? _cancel;
    private string? _cancelledBy;
    private Task _running = Task.CompletedTask;
    private long _told;
    private long _kept;
    private AuditEvent? _unrecorded;

    // What an earlier start left; null once its end is on record.
    private UnfinishedRun? _left = bookmark.Read();

    /// <summary>The one that runs, or the last one of this console, also one that a stop of the console has broken off; null before the first.</summary>
    public Verification? Current { get; private set; } = Left(bookmark.Read());

    /// <summary>Raised when <see cref="Current"/> changes, on any thread, a few times a second at most.</summary>
    public event EventHandler? Changed;

    /// <summary>Records the start and begins. Null when it began; else a sentence that says why not.</summary>
    public async Task<string?> StartAsync(Actor actor, VerifyRequest request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.VerifyAudit))
        {
            return "Your role does not include verifying the audit trail.";
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (Current is { Stage: VerifyStage.Running } running)
            {
                return $"{running.StartedBy} is verifying already; its result is for everybody.";
            }

            if (limits?.WhyNot(actor, LimitedAct.Verify) is { } tooMany)
            {
                return tooMany;
            }

            var intent = Intent(acts.Of(actor, AuditActions.AuditVerify, AuditOutcome.Unknown), request, consoles.Name);
            try
            {
                await trail.RecordAsync(intent, cancellationToken);
            }
            catch (AuditUnavailableException e)
            {
                return $"The start could not be recorded, so nothing was begun. {e.Message}";
            }

            _cancel = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            _cancelledBy = null;
            Current = new Verification
            {
                Id = intent.Id,
                StartedBy = actor.DisplayName,
                StartedAt = time.GetUtcNow(),
                Request = request,
                Stage = VerifyStage.Running,
                Progress = new VerifyProgress("Beginning", 0, 0, 0),
            };

            // Remembered before anybody sees it: what a page shows, the next start knows of.
            Keep();
            Set(Current);
            var token = _cancel.Token;
            _running = Task.Run(() => RunAsync(actor, request, token), CancellationToken.None);
            return null;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>
    /// What goes on from where the last one was stopped; null when there is nothing to resume. One that had found problems is not resumed: they are
    /// listed by a run that sees them. One that an earlier start left is resumed once its end is on record (<see cref="SettleAsync"/>).
    /// </summary>
    public VerifyRequest? Resumption =>
        _left is null && Current is { Stage: VerifyStage.Cancelled or VerifyStage.Failed, Progress: { At: > 0 and var at, End: var end, Problems: 0 }, Request: var request } current
        ? new VerifyRequest
        {
            FromIndex = at,
            ToIndex = request.IsWhole || request is { ResumedAt: not null, ToIndex: null } ? null : end,
            ResumedAt = at,
            ResumedRunBegan = request.ResumedRunBegan ?? current.StartedAt,
            Full = request.Full,
            FullUpTo = request.FullUpTo,
            Limit = request.Limit,
        }
        : null;

    /// <summary>Why the last one, which was stopped, begins anew; null when it is resumed, or was not stopped.</summary>
    public string? WhyAnew => Current switch
    {
        { Stage: VerifyStage.Cancelled or VerifyStage.Failed, Progress: { Problems: > 0 and var problems } } =>
            $"It had found {(problems == 1 ? "a problem" : $"{problems.ToString("N0", CultureInfo.InvariantCulture)} problems")}: verify anew to have {(problems == 1 ? "it" : "them")} named.",
        { Stage: VerifyStage.Cancelled or VerifyStage.Failed, Progress: not { At: > 0 } } => "It had not come to a signed checkpoint, so it begins anew.",
        _ => null,
    };

    /// <summary>Stops the one that runs.</summary>
    public void Cancel(Actor actor)
    {
        if (actor.May(Permission.VerifyAudit))
        {
            _cancelledBy = actor.DisplayName;
            _cancel?.Cancel();
        }
    }

    /// <summary>Verifications that ended, the latest first, as the log records them.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<PastVerification>> HistoryAsync(int most, CancellationToken cancellationToken)
    {
        var query = new AuditQuery
        {
            Actions = [AuditActions.AuditVerify],
            Workspaces = [AuditWorkspaces.Console],
            Outcomes = [AuditOutcome.Success, AuditOutcome.Failure],
            From = time.GetUtcNow() - HistoryDays,
        };
        var past = new List<PastVerification>();
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            past.Add(PastVerification.Of(record));
        }

        return [.. past.OrderByDescending(static p => p.EndedAt).Take(most)];
    }

    /// <summary>
    /// Records the end of verifications whose console ended in the middle, or could not record it: the one of this data folder, and those of consoles that do
    /// not run any more. Called at the start, when a console has gone, and while <see cref="HasUnrecorded"/>. What another console has recorded stays as it is.
    /// </summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached; to be called again.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_unrecorded is { } late)
        {
            await RecordOnceAsync(late, cancellationToken);
            _unrecorded = null;
        }

        var begun = new List<AuditRecord>();
        var ended = new HashSet<string>(StringComparer.Ordinal);
        var query = new AuditQuery { Actions = [AuditActions.AuditVerify], Workspaces = [AuditWorkspaces.Console], From = time.GetUtcNow() - OpenDays };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            if (record.Position.Via != AuditVia.Console)
            {
                continue;
            }

            if (record.Event.Outcome == AuditOutcome.Unknown)
            {
                begun.Add(record);
            }
            else if (Detail(record.Event, "run") is { } run)
            {
                ended.Add(run);
            }
        }

        // Asked after the reading: whoever began since is no stranger then.
        var living = await consoles.LivingAsync(cancellationToken);
        foreach (var open in begun.Select(static r => r.Event).Where(e => !ended.Contains(e.Id) && !IsRunning(e.Id)))
        {
            if (open.Id == _left?.Run || (Detail(open, "console") is { } console && !living.Contains(console)))
            {
                await RecordOnceAsync(Broken(open), cancellationToken);
            }
        }

        if (_left is not null)
        {
            _left = null;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>True where the end of a verification of this console waits to be recorded.</summary>
    public bool HasUnrecorded => _unrecorded is not null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancel?.Dispose();
        _stopping.Dispose();
        _starting.Dispose();
    }

    /// <summary>The event that records that a verification begins.</summary>
    /// <param name="draft">Who.</param>
    /// <param name="request">What is to be verified.</param>
    /// <param name="console">The console that does it; null for the command line.</param>
    /// <param name="process">The turn of the command line; null for a console, or where there was none.</param>
    public static AuditEvent Intent(AuditEvent draft, VerifyRequest request, string? console, string? process = null) => draft with
    {
        Resource = new AuditResource { Type = "audit.log" },
        Reason = "Verification begins.",
        Details = JsonSerializer.SerializeToElement(new { request, console, process }, VerifyWords.Json),
    };

    /// <summary>The event that records how a verification ended.</summary>
    /// <param name="draft">Who.</param>
    /// <param name="run">Id of the event of its beginning.</param>
    /// <param name="request">What was to be verified.</param>
    /// <param name="report">What was found; null when it did not come to its end.</param>
    /// <param name="reason">Why it did not.</param>
    public static AuditEvent Outcome(AuditEvent draft, string run, VerifyRequest request, VerifyReport? report, string? reason) => draft with
    {
        Id = run + EndSuffix,
        Outcome = report is { IsGood: true } ? AuditOutcome.Success : AuditOutcome.Failure,
        Reason = report is null ? reason : VerifyWords.Verdict(report) is { Length: > 4000 } verdict ? verdict[..4000] : VerifyWords.Verdict(report),
        Resource = new AuditResource { Type = "audit.log" },
        Details = JsonSerializer.SerializeToElement(
            new { run, request, report = report is null ? null : report with { Problems = [.. report.Problems.Take(ProblemsKept).Select(Shorten)] } }, VerifyWords.Json),
    };

    // A changed note may be of any length; the record keeps the beginning.
    private static VerifyProblem Shorten(VerifyProblem problem) => problem with { Expected = Cut(problem.Expected), Found = Cut(problem.Found), Sentence = Cut(problem.Sentence)! };

    private static string? Cut(string? text) => text is { Length: > 500 } ? text[..(char.IsHighSurrogate(text[499]) ? 499 : 500)] + "…" : text;

    private async Task RunAsync(Actor actor, VerifyRequest request, CancellationToken cancellationToken)
    {
        VerifyReport? report = null;
        string? reason = null;
        var stage = VerifyStage.Failed;
        try
        {
            report = await verifier.RunAsync(request, trust(), Tell, cancellationToken);
            stage = VerifyStage.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stage = VerifyStage.Cancelled;
            reason = $"{(_cancelledBy is { } who ? $"Cancelled by {who}." : "Cancelled: the console is stopping.")}{Verified(Current!.Progress)}";
        }
        catch (Exception e)
        {
            reason = e is AuditUnavailableException ? e.Message : $"The verification met something that it did not expect: {e.Message}";
        }

        var end = Outcome(acts.Of(actor, AuditActions.AuditVerify, AuditOutcome.Failure), Current!.Id, request, report, reason);
        try
        {
            await trail.RecordAsync(end, CancellationToken.None);
        }
        catch (AuditUnavailableException e) when (e.HoldsAnother && report is null)
        {
            // Another console took this one for gone, and has recorded that.
        }
        catch (AuditUnavailableException e)
        {
            // A verdict is recorded beside what another console believed.
            _unrecorded = e.HoldsAnother ? end with { Id = $"{end.Id}-{Guid.NewGuid():N}" } : end;
            reason = e.HoldsAnother ? reason : $"{reason} The end could not be recorded yet: {e.Message}".TrimStart();
        }

        if (report is null)
        {
            Keep(reason);
        }
        else
        {
            bookmark.Clear();
        }

        Set(Current! with { Stage = stage, Report = report, Reason = reason, EndedAt = time.GetUtcNow() });
    }

    private async Task RecordOnceAsync(AuditEvent end, CancellationToken cancellationToken)
    {
        try
        {
            await trail.RecordAsync(end, cancellationToken);
        }
        catch (AuditUnavailableException e) when (e.HoldsAnother)
        {
            // Another console was first.
        }
    }

    private AuditEvent Broken(AuditEvent begin)
    {
        var end = acts.OfSystem(AuditActions.AuditVerify, AuditOutcome.Failure);
        var left = _left?.Run == begin.Id ? _left : null;
        return Outcome(
            end with { Actor = end.Actor with { OnBehalfOf = begin.Actor.Id } },
            begin.Id,
            Asked(begin) ?? new VerifyRequest(),
            report: null,
            left?.Reason ?? $"{Ended(begin.Actor.DisplayName ?? begin.Actor.Id)}{(left is null ? "" : Verified(left.Progress))}");
    }

    /// <summary>What the event of a beginning asks for; null where it is of another version.</summary>
    internal static VerifyRequest? Asked(AuditEvent begin)
    {
        try
        {
            return begin.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("request", out var request) ? request.Deserialize<VerifyRequest>(VerifyWords.Json) : null;
        }
        catch (JsonException)
        {
            // Of another version.
            return null;
        }
    }

    private bool IsRunning(string id) => Current is { Stage: VerifyStage.Running } running && running.Id == id;

    private static string Ended(string who) => $"The console ended while {who} was verifying.";

    private static string? Detail(AuditEvent e, string name) =>
        e.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Verification? Left(UnfinishedRun? left) => left is null ? null : new Verification
    {
        Id = left.Run,
        StartedBy = left.StartedBy,
        StartedAt = left.StartedAt,
        Request = left.Request with { FullUpTo = left.FullUpTo },
        Stage = left.Reason is null ? VerifyStage.Failed : VerifyStage.Cancelled,
        Progress = left.Progress,
        Reason = left.Reason ?? $"{Ended(left.StartedBy)}{Verified(left.Progress)}",
    };

    private static string Verified(VerifyProgress progress) => progress is { At: { } at, Start: var start, Problems: 0 } && at > start
        ? string.Create(CultureInfo.InvariantCulture, $" The leaves {(start > 0 ? $"from index {start:N0} to " : "")}below index {at:N0} were verified.")
        : "";

    private void Keep(string? reason = null)
    {
        var run = Current!;
        _kept = time.GetTimestamp();
        bookmark.Write(new UnfinishedRun(run.Id, run.StartedBy, run.StartedAt, run.Request, run.Request.FullUpTo, run.Progress, reason));
    }

    private void Tell(VerifyProgress progress)
    {
        var now = time.GetTimestamp();
        if (progress.At is null || time.GetElapsedTime(_told, now) >= TellEvery)
        {
            _told = now;
            Set(Current! with { Progress = progress.At is null && Current.Progress.At is { } at && progress.Done < progress.Total ? progress with { At = at, Start = Current.Progress.Start, End = Current.Progress.End } : progress });
            if (time.GetElapsedTime(_kept, now) >= KeepEvery)
            {
                Keep();
            }
        }
    }

    private void Set(Verification verification)
    {
        Current = verification;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
