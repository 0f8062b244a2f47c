using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class LogTests
{
    [Fact]
    public async Task AnyFailure_IsLoggedWithoutTokensPayloadsAndQueries()
    {
        using var lines = new Lines();
        await using var bench = await Bench.StartAsync(tokens: new FixedToken("t0ken"), logs: lines);
        bench.Google
            .On(Bench.EveryRegion, ScriptedAnswer.Json("""{"nextPageToken":"p4ge"}"""), ScriptedAnswer.Error(503, "UNAVAILABLE", "b0dy"))
            .On("/v1/projects/acme/locations", ScriptedAnswer.Error(500, "INTERNAL", "b0dy"))
            .On("/v2/entries:list", ScriptedAnswer.Error(400, "INVALID_ARGUMENT", "b0dy"));

        await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);
        await foreach (var _ in bench.Logs.ReadAsync(new LogQuery { Project = "acme", Filter = "f1lter" }, CancellationToken.None))
        {
        }

        var all = string.Join('\n', lines.Written);
        Assert.Contains("GET /v2/projects/acme/locations/-/services answered 503", all, StringComparison.Ordinal);
        Assert.Contains("POST /v2/entries:list failed with 400: Rejected", all, StringComparison.Ordinal);
        Assert.All((string[])["t0ken", "p4ge", "b0dy", "f1lter"], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    private sealed class FixedToken(string token) : IAccessTokens
    {
        public Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", token);
            return Task.CompletedTask;
        }

        public Task<bool> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
