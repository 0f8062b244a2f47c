using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Storage;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Observability;

/// <summary>
/// Whether the console can do its work, and what is missing. Looked at most every five seconds: a probe must not become a load. The database and
/// the sealer are needed; Google is not: what is known is still shown, and another instance would reach it no better.
/// </summary>
internal sealed class Readiness(ConsoleDatabase database, DatabaseWait wait, IAuditHealth audit, ICloudRun cloudRun, ConsoleSettings settings, IServiceProvider services, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepGoogle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<Dependency> _known = [];
    private long? _at;
    private IReadOnlyList<Dependency> _google = [];
    private long? _googleAt;

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<Dependency>> LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetTimestamp();
            if (IsOver(_at, Keep, now))
            {
                if (IsOver(_googleAt, KeepGoogle, now) || _google.Any(static d => d.Problem is not null))
                {
                    (_google, _googleAt) = ([.. await Task.WhenAll(cloudRun.Projects.Select(project => GoogleAsync(project, cancellationToken)))], now);
                }

                _known = [await DatabaseAsync(cancellationToken), Sealer(), .. Identity(), .. _google];
                _at = now;
            }

            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool IsOver(long? at, TimeSpan span, long now) => at is not { } before || time.GetElapsedTime(before, now) >= span;

    private async Task<Dependency> DatabaseAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var problem = wait.Missing ?? await database.WhyUnreachableAsync(limit.Token);
        return new Dependency("database", database.Name, Needed: true, problem, (long)time.GetElapsedTime(start).TotalMilliseconds);
    }

    private Dependency Sealer() =>
        new("sealer", "Sealing of the audit trail", Needed: true, wait.Missing is not null ? "It waits for the database." : audit.Current.Alarms is [var worst, ..] ? worst : null, 0);

    private IEnumerable<Dependency> Identity()
    {
        if (settings.IdentityMode == IdentityMode.Iap && services.GetService<Core.Access.Iap.IapKeys>() is { } keys)
        {
            // Known keys go on for a day.
            yield return new Dependency("iap-keys", "Keys of Identity-Aware Proxy", Needed: keys.Count == 0, keys.Problem, 0);
        }
    }

    private async Task<Dependency> GoogleAsync(string project, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        string? problem;
        try
        {
            problem = (await cloudRun.ListRegionsAsync(project, limit.Token)).Error?.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = "Cloud Run does not answer. What is known is still shown; check the network of this console.";
        }

        return new Dependency("google", $"Cloud Run of {project}", Needed: false, problem, (long)time.GetElapsedTime(start).TotalMilliseconds);
    }
}
