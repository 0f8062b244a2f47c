using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>Asks one witness to cosign (c2sp.org/tlog-witness). What cannot be verified with the witness's key is no answer.</summary>
/// <param name="http">For connections; its own timeout and base address are not used.</param>
/// <param name="prefix">The witness's submission prefix; <c>/add-checkpoint</c> is put behind it.</param>
/// <param name="key">The witness's key, of type 04.</param>
/// <param name="timeout">For the whole call.</param>
/// <param name="time">The clock of the timeout.</param>
public sealed class WitnessClient(HttpClient http, Uri prefix, VerifierKey key, TimeSpan timeout, TimeProvider time)
{
    private const int MaxAnswer = 64 * 1024;
    private readonly Uri address = new($"{prefix.AbsoluteUri.TrimEnd('/')}/add-checkpoint");

    /// <summary>The witness's key.</summary>
    public VerifierKey Key => key;

    /// <summary>Sends a checkpoint and the proof from what the witness saw last.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<WitnessReply> AddAsync(ConsistencyFile request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(request.ToBytes()) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Understand(response.StatusCode, await ReadAsync(response.Content, either.Token), request.Checkpoint);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WitnessReply.Unavailable($"No answer from {address} within {timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new WitnessReply.Unavailable($"No answer from {address}: {e.Message}");
        }
    }

    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, MaxAnswer, throwOnEndOfStream: false, cancellationToken);
        return length < MaxAnswer && NoteText.TryRead(buffer.AsSpan(0, length), out var text) ? text : null;
    }

    private WitnessReply Understand(HttpStatusCode status, string? body, SignedCheckpoint sent)
    {
        var words = string.IsNullOrWhiteSpace(body) ? null : body.Trim();
        switch ((int)status)
        {
            case 200:
                return Cosigned(body, sent);
            case 409:
                return body is not null && body.EndsWith('\n') && StrictDecimal.TryParse(body.AsSpan(0, body.Length - 1), out var size)
                    ? new WitnessReply.Conflict(size)
                    : new WitnessReply.Unavailable($"{address} answered 409 without a size.");
            case 422:
                return new WitnessReply.Inconsistent(words ?? "The witness refused the consistency proof.");
            case 400 or 403 or 404:
                return new WitnessReply.Refused((int)status, words ?? $"The witness answered {(int)status}.");
            default:
                return new WitnessReply.Unavailable($"{address} answered {(int)status}.");
        }
    }

    private WitnessReply Cosigned(string? body, SignedCheckpoint sent)
    {
        // Only what the witness's own key signed is taken over; other lines it may have sent are nobody's word.
        var own = (body is null ? null : NoteSignature.ParseLines(body))?.Where(s => s.Claims(key)).ToList();
        if (own is null || own.Count == 0)
        {
            return new WitnessReply.Unavailable($"{address} answered without a signature of {key.Name} ({key.Id:x8}). Is its verifier key the right one?");
        }

        return (sent.Note with { Signatures = own }).Verify([key]) switch
        {
            NoteVerification.Verified { By: [{ Time: { } signedAt } only, ..] } => new WitnessReply.Cosigned([only.Signature], signedAt),
            NoteVerification.Refused refused => new WitnessReply.Unavailable($"{address}: {refused.Reason}"),
            _ => new WitnessReply.Unavailable($"The key of {key.Name} is not a cosignature key (type 04)."),
        };
    }
}
