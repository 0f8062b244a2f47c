using Microsoft.Extensions.Logging;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>
/// Makes the statement of every UTC day and project, some time after midnight, once among all consoles; days that were missed while no console
/// ran are made up for.
/// </summary>
public sealed class DailyStatements(Statements statements, ICloudRun cloudRun, ITurns turns, TimeProvider time, ILogger<DailyStatements> log)
{
    /// <summary>At most so many days back.</summary>
    private const int DaysBack = 7;

    // Entries of Google's log come late; what comes later still is in nobody's statement, and Reconciler says so of ours.
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    // Another console is at it: should that one die, the rest is made up for soon.
    private static readonly TimeSpan LookForTurn = TimeSpan.FromSeconds(5);

    // A clock that jumped ahead may be wrong, and the statement of a day that is not over would stand for good: it is believed after this time.
    private static readonly TimeSpan Distrust = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(5);

    private (DateTimeOffset Wall, long At)? _seen;
    private long? _jumped;

    /// <summary>Works until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var isElsewhere = false;
            try
            {
                isElsewhere = await OnceAsync(stop) is null;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (AuditUnavailableException e)
            {
                log.NotMade(e);
            }

            await Task.Delay(isElsewhere ? LookForTurn : Look, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes what is due.</summary>
    /// <returns>How many were made; null while another console is at it.</returns>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<int?> OnceAsync(CancellationToken cancellationToken)
    {
        if (!IsBelieved())
        {
            return 0;
        }

        await using var turn = await turns.TryTakeAsync("daily-statements", cancellationToken);
        if (turn is null)
        {
            return null;
        }

        var count = 0;
        var last = DateOnly.FromDateTime((time.GetUtcNow() - AfterMidnight).UtcDateTime).AddDays(-1);
        foreach (var project in cloudRun.Projects)
        {
            for (var day = last.AddDays(1 - DaysBack); day <= last; day = day.AddDays(1))
            {
                switch (await statements.MakeDailyAsync(project, day, cancellationToken))
                {
                    case StatementAnswer.Made:
                        count++;
                        break;
                    case StatementAnswer.Refused refused:
                        log.Refused(project, refused.Sentence);
                        break;
                    default:
                        break;
                }
            }
        }

        return count;
    }

    private bool IsBelieved()
    {
        var (wall, at) = (time.GetUtcNow(), time.GetTimestamp());
        var off = _seen is { } seen ? wall - seen.Wall - time.GetElapsedTime(seen.At, at) : TimeSpan.Zero;
        _seen = (wall, at);
        _jumped = off > Jump ? at : off < -Jump ? null : _jumped;
        return _jumped is not { } jumped || time.GetElapsedTime(jumped, at) >= Distrust;
    }
}
