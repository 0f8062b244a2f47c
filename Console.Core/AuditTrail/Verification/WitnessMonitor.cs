using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Asks over HTTP: <c>GET PREFIX/HEX(SHA-256(origin))/checkpoint</c> (c2sp.org/tlog-witness, "Monitoring").</summary>
/// <param name="http">For connections.</param>
/// <param name="timeout">For a whole call.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class WitnessMonitor(HttpClient http, TimeSpan timeout, TimeProvider time) : IWitnessMonitor
{
    private const int MaxAnswer = 1 << 20;

    /// <inheritdoc />
    public async Task<WitnessSight> LatestAsync(Uri prefix, string origin, CancellationToken cancellationToken)
    {
        var address = $"{prefix.AbsoluteUri.TrimEnd('/')}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))}/checkpoint";
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var response = await http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return new WitnessSight.Nothing();
            }

            if (!response.IsSuccessStatusCode)
            {
                return new WitnessSight.Unreachable(string.Create(CultureInfo.InvariantCulture, $"{prefix} answered {(int)response.StatusCode}."));
            }

            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[MaxAnswer];
            var length = await stream.ReadAtLeastAsync(buffer, MaxAnswer, throwOnEndOfStream: false, either.Token);
            return SignedCheckpoint.TryParse(buffer.AsSpan(0, length), out var signed, out var problem)
                ? new WitnessSight.Seen(signed)
                : new WitnessSight.Unreachable($"{prefix} answered with something else than a checkpoint: {problem}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WitnessSight.Unreachable($"no answer from {prefix} within {timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new WitnessSight.Unreachable($"no answer from {prefix}: {e.Message}");
        }
    }
}
