using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.Access;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// The console's bundles: made one at a time, apart from whoever looks, and kept in a folder for a day, or until newer ones take their place: they hold
/// personal fields, also those that are erased meanwhile. Making and taking away are recorded before they happen.
/// </summary>
/// <param name="exports">Makes them.</param>
/// <param name="trail">Where downloads are recorded.</param>
/// <param name="acts">Makes those events.</param>
/// <param name="folder">Where they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="consoles">Names this one, so that another start knows what it left unfinished (<see cref="KilledActs"/>).</param>
/// <param name="limits">How many one person may have made.</param>
public sealed class EvidenceDesk(RecordedExports exports, IAuditTrail trail, ActEvents acts, string folder, TimeProvider time, IConsoles consoles, ActLimits? limits = null) : IAsyncDisposable
{
    /// <summary>Bundles that are kept.</summary>
    public const int Kept = 5;

    /// <summary>How long they are kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<EvidenceJob> _jobs = [];
    private CancellationTokenSource? _cancel;
    private string? _cancelledBy;
    private Task _running = Task.CompletedTask;
    private long _told;
    private ITimer? _sweeping;

    /// <summary>Raised when something changes, on any thread, a few times a second at most.</summary>
    public event EventHandler? Changed;

    /// <summary>Jobs of this process, the newest first. Bundles of an earlier one are gone: they hold personal fields.</summary>
    public IReadOnlyList<EvidenceJob> Jobs
    {
        get
        {
            lock (_lock)
            {
                return [.. _jobs.Where(j => !IsOver(j))];
            }
        }
    }

    /// <summary>Records the beginning and begins. Null when it began; else a sentence that says why not.</summary>
    public async Task<string?> StartAsync(Actor actor, EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayEverywhere(Permission.ExportAudit))
        {
            return "Your role does not include exporting evidence.";
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (Jobs.FirstOrDefault(static j => j.Stage == EvidenceStage.Running) is { } running)
            {
                return $"{running.StartedBy} is making a bundle already. Wait for it, or cancel it.";
            }

            if (limits?.WhyNot(actor, LimitedAct.Export) is { } tooMany)
            {
                return tooMany;
            }

            string id;
            try
            {
                id = await exports.BeginAsync(actor, request, cancellationToken, console: consoles.Name);
            }
            catch (AuditUnavailableException e)
            {
                return $"The export could not be recorded, so nothing was begun. {e.Message}";
            }

            _sweeping ??= time.CreateTimer(static me => ((EvidenceDesk)me!).Sweep(), this, SweepEvery, SweepEvery);
            _cancel = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            _cancelledBy = null;
            Put(new EvidenceJob
            {
                Id = id,
                StartedBy = actor.DisplayName,
                StartedAt = time.GetUtcNow(),
                Request = request,
                Stage = EvidenceStage.Running,
                Progress = new EvidenceProgress("Beginning", 0, 0),
            });
            var token = _cancel.Token;
            _running = Task.Run(() => RunAsync(actor, id, request, token), CancellationToken.None);
            return null;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Stops the one that is being made.</summary>
    public void Cancel(Actor actor)
    {
        if (actor.MayEverywhere(Permission.ExportAudit))
        {
            _cancelledBy = actor.DisplayName;
            _cancel?.Cancel();
        }
    }

    /// <summary>Opens a bundle for somebody who takes it away, after that was recorded.</summary>
    /// <returns>The file and what it holds; null when there is no such bundle.</returns>
    /// <exception cref="AuditUnavailableException">It could not be recorded: nothing is given out.</exception>
    public async Task<(FileStream File, EvidenceJob Job)?> OpenAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.MayEverywhere(Permission.ExportAudit) || !TryFind(id, out var job) || job.Written is not { } written)
        {
            return null;
        }

        FileStream file;
        try
        {
            file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        try
        {
            await trail.RecordAsync(
                acts.Of(actor, AuditActions.AuditExport, AuditOutcome.Success) with
                {
                    Resource = new AuditResource { Type = "audit.log" },
                    Reason = "An evidence bundle was downloaded.",
                    Details = ActEvents.Details(new { intent = id, bytes = written.Bytes, sha256 = written.Sha256 }),
                },
                cancellationToken);
            return (file, job);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_sweeping is not null)
        {
            await _sweeping.DisposeAsync();
        }

        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancel?.Dispose();
        _stopping.Dispose();
        _starting.Dispose();
    }

    private string PathOf(string id) => Path.Combine(folder, $"{id}.zip");

    private bool TryFind(string id, [NotNullWhen(true)] out EvidenceJob? job)
    {
        lock (_lock)
        {
            job = _jobs.Find(j => j.Id == id && !IsOver(j));
            return job is not null;
        }
    }

    private async Task RunAsync(Actor actor, string id, EvidenceRequest request, CancellationToken cancellationToken)
    {
        string? reason = null;
        var stage = EvidenceStage.Failed;
        EvidenceResult.Written? written = null;
        try
        {
            Prepare();
            var result = await exports.RunAsync(actor, request, id, PathOf(id), p => Tell(id, p), cancellationToken);
            written = result as EvidenceResult.Written;
            stage = written is null ? EvidenceStage.Failed : EvidenceStage.Done;
            reason = result switch
            {
                EvidenceResult.Nothing nothing => nothing.Reason,
                EvidenceResult.Damaged damaged => damaged.Reason,
                _ => null,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stage = EvidenceStage.Cancelled;
            reason = _cancelledBy is { } who ? $"Cancelled by {who}." : "Cancelled: the console is stopping.";
        }
        catch (Exception e)
        {
            reason = e is AuditUnavailableException or IOException or UnauthorizedAccessException ? e.Message : $"The export met something that it did not expect: {e.Message}";
        }

        if (TryFind(id, out var job))
        {
            Put(job with { Stage = stage, Written = written, Reason = reason, EndedAt = time.GetUtcNow() });
        }
    }

    // What an earlier run of the console left, and all but the newest of this one.
    private void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var kept = Jobs.Where(static j => j.Stage is EvidenceStage.Done or EvidenceStage.Running).Take(Kept).Select(j => PathOf(j.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder).Where(f => !kept.Contains(f)))
        {
            File.Delete(file);
        }

        lock (_lock)
        {
            _jobs.RemoveAll(j => j.Stage == EvidenceStage.Done && !kept.Contains(PathOf(j.Id)));
        }
    }

    private bool IsOver(EvidenceJob job) => job.EndedAt is { } ended && time.GetUtcNow() - ended >= KeptFor;

    private void Sweep()
    {
        List<EvidenceJob> over;
        lock (_lock)
        {
            over = _jobs.FindAll(IsOver);
            _jobs.RemoveAll(IsOver);
        }

        foreach (var job in over)
        {
            try
            {
                File.Delete(PathOf(job.Id));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next bundle, or the next start, tries again: nobody is given it meanwhile.
            }
        }

        if (over.Count > 0)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Tell(string id, EvidenceProgress progress)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_told, now) >= TellEvery && TryFind(id, out var job))
        {
            _told = now;
            Put(job with { Progress = progress });
        }
    }

    private void Put(EvidenceJob job)
    {
        lock (_lock)
        {
            var at = _jobs.FindIndex(j => j.Id == job.Id);
            if (at < 0)
            {
                _jobs.Insert(0, job);
            }
            else
            {
                _jobs[at] = job;
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
