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
        var all = true;

        // In order of arrival: once the last is sealed, the others need no waiting.
        foreach (var at in Enumerable.Range(0, results.Length).Where(i => sequences[i] > 0).OrderByDescending(i => sequences[i]))
        {
            SealedEvent? found = null;
            try
            {
                found = await sealedEvents.WaitAsync(sequences[at], either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The time is over; the next ones are asked all the same, and answered at once when they are sealed already.
            }
            catch (AuditUnavailableException e)
            {
                Log.NoProof(logger, sequences[at], e.Message);
            }

            results[at] = results[at] with
            {
                Sealed = found is not null,
                Index = found?.Index.ToString(CultureInfo.InvariantCulture),
                Proof = found?.Proof,
            };
            all &= found is not null;
        }

        return all;
    }
}
