using System.Globalization;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary><c>?wait=sealed</c>: waits, for a while, until events are sealed, and adds their index and proof to the results.</summary>
internal sealed class SealedResults(ISealedEvents sealedEvents, TimeProvider time, ILogger<SealedResults> logger)
{
    private const int DefaultSeconds = 10;
    private const int MaxSeconds = 30;

    // Each holds its connection and its results; whoever comes on top is answered at once, as if its time had ended.
    private const int MostWaiting = 1000;
    private int _waiting;

    /// <summary>Reads the parameters; false when they make no sense.</summary>
    /// <param name="request">The request.</param>
    /// <param name="atMost">How long to wait; null when that was not asked for.</param>
    public static bool TryReadWait(HttpRequest request, out TimeSpan? atMost)
    {
        atMost = null;
        var (wait, timeout) = (request.Query["wait"].ToString(), request.Query["timeout"].ToString());
        if (wait.Length == 0)
        {
            return timeout.Length == 0;
        }

        var seconds = DefaultSeconds;
        if (wait != "sealed"
            || (timeout.Length > 0 && !(int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds is >= 1 and <= MaxSeconds)))
        {
            return false;
        }

        atMost = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Adds index and proof to the results that have a sequence above zero.</summary>
    /// <returns>False when the time ended first: what is committed stays committed, and will be sealed.</returns>
    public async Task<bool> AddAsync(EventResult[] results, long[] sequences, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var asked = sequences.Where(static s => s > 0).Distinct().ToList();
        var found = asked.Count == 0 ? new Dictionary<long, SealedEvent>() : await WaitAsync(asked, atMost, cancellationToken);
        var all = true;
        for (var at = 0; at < results.Length; at++)
        {
            if (sequences[at] > 0)
            {
                var proven = found.GetValueOrDefault(sequences[at]);
                results[at] = results[at] with
                {
                    Sealed = proven is not null,
                    Index = proven?.Index.ToString(CultureInfo.InvariantCulture),
                    Proof = proven?.Proof,
                };
                all &= proven is not null;
            }
        }

        return all;
    }

    private async Task<IReadOnlyDictionary<long, SealedEvent>> WaitAsync(List<long> asked, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Interlocked.Increment(ref _waiting) <= MostWaiting ? await sealedEvents.WaitAsync(asked, either.Token) : new Dictionary<long, SealedEvent>();
        }
        catch (AuditUnavailableException e)
        {
            Log.NoProof(logger, asked[0], e.Message);
            return new Dictionary<long, SealedEvent>();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
