using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.CloudRun;
using Polly;
using Polly.Retry;

namespace OpsConsole.Core.Google;

/// <summary>
/// One HTTP client for all of Google's APIs: signing, time limits, retries of reads, and translation of every failure
/// into a value. Only cancellation by the caller leaves here as an exception.
/// </summary>
internal sealed class GoogleTransport : IDisposable
{
    /// <summary>A page of a thousand log entries of 256 KiB each would be 256 MiB; the real ones are a few.</summary>
    private const long LargestBody = 256L * 1024 * 1024;

    private static readonly ResiliencePropertyKey<GoogleCall> CallKey = new("call");
    private readonly GoogleConnection _connection;
    private readonly IAccessTokens _tokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<GoogleAnswer>[] _retries;

    public GoogleTransport(GoogleConnection connection, IAccessTokens tokens, TimeProvider time, ILogger<GoogleTransport> logger)
    {
        _connection = connection;
        _tokens = tokens;
        _time = time;
        _logger = logger;
        _http = new HttpClient(new SocketsHttpHandler
        {
            // A redirect would carry the token elsewhere, and Google's APIs do not redirect.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = connection.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        })
        {
            MaxResponseContentBufferSize = LargestBody,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("OpsConsole", "0.1") } },
        };
        _retries = [.. Enumerable.Range(0, 7).Select(BuildRetry)];
    }

    /// <summary>Makes a call. Waits for its turn and between attempts do not count against the time of an attempt.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<GoogleAnswer> SendAsync(GoogleCall call, CancellationToken cancellationToken)
    {
        // Reads of logs wait for a shared quota that refills every minute: their time is bounded by their attempts.
        using var overall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (call.BeforeAttempt is null)
        {
            overall.CancelAfter(_connection.OverallTimeout);
        }

        GoogleAnswer? last = null;
        var context = ResilienceContextPool.Shared.Get(overall.Token);
        context.Properties.Set(CallKey, call);
        try
        {
            var answer = await _retries[Math.Min(call.Retries, _retries.Length - 1)].ExecuteAsync(
                async c => last = await AttemptAsync(call, c.CancellationToken),
                context);
            if (answer.Error is not null)
            {
                Log.Failed(_logger, call.Method.Method, call.Address.AbsolutePath, answer.Status, answer.Error.GetType().Name);
            }

            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return last ?? TooSlow(call, _connection.OverallTimeout);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _http.Dispose();

    private static GoogleAnswer TooSlow(GoogleCall call, TimeSpan limit) =>
        GoogleAnswer.Failed(new CloudRunError.Unavailable(call.What, $"no answer within {limit.TotalSeconds:0.###} s."), retryable: true);

    private static string Describe(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name cannot be resolved.",
        HttpRequestError.ConnectionError => "no connection.",
        HttpRequestError.SecureConnectionError => "no secure connection (TLS).",
        HttpRequestError.ProxyTunnelError => "the proxy refused.",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is too large.",
        _ => "the connection broke off in the middle of the answer.",
    };

    private ResiliencePipeline<GoogleAnswer> BuildRetry(int retries)
    {
        if (retries == 0)
        {
            return ResiliencePipeline<GoogleAnswer>.Empty;
        }

        return new ResiliencePipelineBuilder<GoogleAnswer> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<GoogleAnswer>
            {
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _connection.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(20),
                ShouldHandle = static args => ValueTask.FromResult(
                    args.Outcome.Result is { Retryable: true } answer
                    && args.Context.Properties.TryGetValue(CallKey, out var call) && !(answer.RetryAfter > call.LongestRetryAfter)),
                DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
                OnRetry = args =>
                {
                    if (args.Context.Properties.TryGetValue(CallKey, out var call))
                    {
                        Log.TryingAgain(
                            _logger, call.Method.Method, call.Address.AbsolutePath, args.Outcome.Result?.Status ?? 0, args.RetryDelay, args.AttemptNumber + 1);
                    }

                    return default;
                },
            })
            .Build();
    }

    private async Task<GoogleAnswer> AttemptAsync(GoogleCall call, CancellationToken cancellationToken)
    {
        if (call.BeforeAttempt is { } turn)
        {
            await turn(cancellationToken);
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_connection.Timeout);
        try
        {
            var answer = await SendOnceAsync(call, timeout.Token);

            // A token can be revoked before its time: one new token, one more try.
            if (answer.Status == 401 && await _tokens.RefreshAsync(timeout.Token))
            {
                answer = await SendOnceAsync(call, timeout.Token);
            }

            if (answer.Status == 429)
            {
                call.OnQuota?.Invoke(answer.RetryAfter);
            }

            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TooSlow(call, _connection.Timeout);
        }
        catch (HttpRequestException e)
        {
            return GoogleAnswer.Failed(
                new CloudRunError.Unavailable(call.What, Describe(e)),
                retryable: e.HttpRequestError is not (HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.SecureConnectionError));
        }
        catch (NoCredentialsException e) when (e.IsPassing)
        {
            return GoogleAnswer.Failed(new CloudRunError.Unavailable(call.What, e.Message), retryable: true);
        }
        catch (NoCredentialsException e)
        {
            return GoogleAnswer.Failed(new CloudRunError.NotAuthenticated(e.Message));
        }
    }

    private async Task<GoogleAnswer> SendOnceAsync(GoogleCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        await _tokens.SignAsync(request, cancellationToken);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        ReadOnlyMemory<byte> bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? GoogleAnswer.Ok((int)response.StatusCode, bytes)
            : GoogleErrors.Translate((int)response.StatusCode, response.Headers, bytes, call, _time.GetUtcNow());
    }
}
