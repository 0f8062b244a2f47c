using System.Globalization;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>Brings checkpoints to one outsider: after each checkpoint at once, after a failure with growing pauses.</summary>
public abstract class OutsideLoop
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // A hiccup is not worth a line on every screen.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SealSignals _signals;
    private readonly SealHealth _health;
    private readonly OutsideBoard _board;
    private long? _failingSince;

    /// <summary>For an outsider.</summary>
    protected OutsideLoop(string name, bool isWitness, string where, IAnchorStore store, Incidents incidents, SealSignals signals, SealHealth health, OutsideBoard board, TimeProvider time)
    {
        (Store, Incidents, Time, _signals, _health, _board) = (store, incidents, time, signals, health, board);
        State = new OutsideState { Name = name, IsWitness = isWitness, Where = where };
    }

    /// <summary>How it stands.</summary>
    public OutsideState State { get; private set; }

    /// <summary>The database.</summary>
    protected IAnchorStore Store { get; }

    /// <summary>What is wrong with the log.</summary>
    protected Incidents Incidents { get; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>An incident that was open when the console stopped.</summary>
    public void Reopen(string sentence) => State = State with { IsIncident = true, Problem = sentence };

    /// <summary>Runs until it is told to stop; then brings what was signed last, if that goes quickly.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            var signed = _signals.Signed;
            try
            {
                if (await OnceAsync(stop) is null)
                {
                    pause = FirstPause;
                    await Task.WhenAny(signed, Task.Delay(Look, Time, stop));
                    continue;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }

            State = State with { TryAgainAt = Time.GetUtcNow() + pause };
            _board.Tell(State);
            await Task.Delay(pause, Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), Time);
        try
        {
            await OnceAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It gets the rest at the next start.
        }
    }

    /// <summary>One round, with its result on the board. Null when all is well; else what is wrong.</summary>
    public async Task<string?> OnceAsync(CancellationToken cancellationToken)
    {
        string? problem;
        try
        {
            problem = await BringAsync(cancellationToken);
            var (behind, since) = await Store.LagAsync(State.Size, cancellationToken);
            State = State with { Behind = behind, BehindSince = since };
        }
        catch (AuditUnavailableException e)
        {
            problem = e.Message;
        }

        _failingSince = problem is null ? null : _failingSince ?? Time.GetTimestamp();
        State = State with { Problem = problem, TryAgainAt = null };
        _board.Tell(State);
        _health.Report($"5.outside.{State.Name}", problem is not null && !State.IsIncident && _failingSince is { } failing && Time.GetElapsedTime(failing) >= Patience ? Sentence(problem) : null);
        return problem;
    }

    /// <summary>Brings what it lacks. Null when it has all; else what is wrong.</summary>
    protected abstract Task<string?> BringAsync(CancellationToken cancellationToken);

    /// <summary>The outsider has a checkpoint now.</summary>
    protected void Has(long size, DateTimeOffset at) => State = State with { Size = size, At = at };

    /// <summary>Opens an incident.</summary>
    protected async Task<string> IncidentAsync(string kind, long ours, long theirs, string sentence, CancellationToken cancellationToken)
    {
        State = State with { IsIncident = true };
        await Incidents.OpenAsync(State.Name, kind, ours, theirs, sentence, cancellationToken);
        return sentence;
    }

    /// <summary>Closes it.</summary>
    protected async Task AgreesAsync(long size, CancellationToken cancellationToken)
    {
        if (State.IsIncident)
        {
            State = State with { IsIncident = false };
            await Incidents.CloseAsync(State.Name, size, cancellationToken);
        }
    }

    private string Sentence(string problem) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(State.IsWitness ? "The witness" : "The anchor")} {State.Name} lacks {State.Behind:N0} checkpoints{(State.BehindSince is { } since ? $", the first of {AuditTime.Print(since)}" : "")}: {problem}");
}
