using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Core.Access.Iap;

/// <summary>
/// The public keys of Identity-Aware Proxy. Fetched at the first use, again when they are older than the key server allows, and at once for a
/// key that is not known (Google rotates them); so seldom, though, that invented key ids do not become a flood. Through an outage of the key
/// server the known ones go on for a day.
/// </summary>
/// <param name="http">Client of this class alone.</param>
/// <param name="address">Address of the key set.</param>
/// <param name="time">Clock.</param>
/// <param name="logger">Log.</param>
public sealed class IapKeys(HttpClient http, Uri address, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>How long keys serve when the key server does not say.</summary>
    private static readonly TimeSpan UsualAge = TimeSpan.FromHours(1);

    /// <summary>Keys older than that are not believed, even when no newer ones can be had.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(24);

    /// <summary>A fetch takes at most so long, with its body: a key server that sends a byte now and then must not hold up everybody.</summary>
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(5);

    /// <summary>After a fetch that failed, old keys serve so long before the next one: an outage costs one request its patience now and then, and not each.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>At most so many fetches within a minute.</summary>
    private const int FetchesPerMinute = 6;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly long _start = time.GetTimestamp();
    private readonly Queue<TimeSpan> _fetches = new();
    private Known? _known;
    private long _failures;
    private TimeSpan _againAt;

    /// <summary>Why the last fetch failed, a sentence; null when it succeeded or there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many keys are known.</summary>
    public int Count => _known?.Keys.Count ?? 0;

    // How old keys are must not hang on a clock that may be set: they would be kept for too long, or fetched no more.
    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>The key of an id. Neither a key nor a refusal: there is none of that id.</summary>
    internal async Task<(ECParameters? Key, IapRefusal? Refusal)> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var known = _known;
        if (known is null || !known.Keys.ContainsKey(keyId) || Now > known.FetchedAt + LongestOutage || (Now >= known.StaleAt && Now >= _againAt))
        {
            await FetchAsync(known, cancellationToken);
            known = _known;
        }

        return known is null || Now > known.FetchedAt + LongestOutage ? (null, new IapRefusal.NoKeys())
            : known.Keys.TryGetValue(keyId, out var key) ? (key, null)
            : (null, new IapRefusal.UnknownKey());
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task FetchAsync(Known? seen, CancellationToken cancellationToken)
    {
        var failures = Volatile.Read(ref _failures);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Somebody else fetched, or failed to, while this one waited; or it would be one fetch too many.
            if (!ReferenceEquals(seen, _known) || failures != _failures || !MayFetch())
            {
                return;
            }

            var now = Now;
            using var late = new CancellationTokenSource(LongestFetch, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            var keys = Read(await BoundedAsync(body, either.Token));
            if (keys.Count == 0)
            {
                throw new JsonException("It holds no key for ES256.");
            }

            var age = response.Headers.CacheControl?.MaxAge ?? UsualAge;
            _known = new Known(keys, now, now + TimeSpan.FromTicks(Math.Clamp(age.Ticks, TimeSpan.FromMinutes(1).Ticks, LongestOutage.Ticks)));
            Problem = null;
            Log.KeysFetched(logger, keys.Count);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Volatile.Write(ref _failures, _failures + 1);
            _againAt = Now + Pause;
            Problem = $"The keys of Identity-Aware Proxy could not be fetched from {address}: {e.Message}";
            Log.KeysNotFetched(logger, address, e.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool MayFetch()
    {
        var now = Now;
        while (_fetches.TryPeek(out var oldest) && now - oldest > TimeSpan.FromMinutes(1))
        {
            _fetches.Dequeue();
        }

        if (_fetches.Count >= FetchesPerMinute)
        {
            return false;
        }

        _fetches.Enqueue(now);
        return true;
    }

    private static async Task<byte[]> BoundedAsync(Stream body, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MostBytes)
            {
                throw new JsonException("It is larger than a key set can be.");
            }
        }

        return all.ToArray();
    }

    // {"keys":[{"alg":"ES256","crv":"P-256","kid":"…","kty":"EC","use":"sig","x":"…","y":"…"}]}
    private static Dictionary<string, ECParameters> Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var keys = new Dictionary<string, ECParameters>(StringComparer.Ordinal);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("It is not a JSON Web Key Set.");
        }

        foreach (var key in list.EnumerateArray().Where(static k => k.ValueKind == JsonValueKind.Object))
        {
            if (IapToken.Text(key, "kty") == "EC" && IapToken.Text(key, "crv") == "P-256" && IapToken.Text(key, "alg") is null or "ES256"
                && IapToken.Text(key, "kid") is { Length: > 0 } id && Coordinate(key, "x") is { } x && Coordinate(key, "y") is { } y)
            {
                keys[id] = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
            }
        }

        return keys;
    }

    private static byte[]? Coordinate(JsonElement key, string name)
    {
        try
        {
            return IapToken.Text(key, name) is { } text && Base64Url.DecodeFromChars(text) is { Length: 32 } bytes ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Known(Dictionary<string, ECParameters> Keys, TimeSpan FetchedAt, TimeSpan StaleAt);
}
