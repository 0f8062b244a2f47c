using System.Globalization;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary><c>?wait=sealed</c>: waits, for a while, until events are sealed, and adds their index and proof to the results.</summary>
internal sealed class SealedResults(ISealedEvents sealedEvents, TimeProvider time, ILogger<SealedResults> logger)
{
    private const int DefaultSeconds = 10;
    private const int MaxSeconds = 30;

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
        using var deadline = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        IReadOnlyDictionary<long, SealedEvent> found = new Dictionary<long, SealedEvent>();
        var asked = sequences.Where(static s => s > 0).Distinct().ToList();
        try
        {
            found = asked.Count == 0 ? found : await sealedEvents.WaitAsync(asked, either.Token);
        }
        catch (AuditUnavailableException e)
        {
            Log.NoProof(logger, asked[0], e.Message);
        }

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
}
