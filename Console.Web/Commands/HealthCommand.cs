using System.CommandLine;
using System.Globalization;

namespace OpsConsole.Web.Commands;

/// <summary><c>health</c>: asks a running console whether it is well. For container health checks, where there is no shell.</summary>
internal static class HealthCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "Address of the console. Default: http://127.0.0.1:$PORT, else port 5080.",
            DefaultValueFactory = static _ => string.Create(
                CultureInfo.InvariantCulture, $"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "5080"}"),
        };
        var command = new Command("health", "Ask a running console whether it is well: exit code 0 when it is, 1 when not.") { url };
        command.SetAction((parse, cancellationToken) => RunAsync(parse.GetValue(url)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate($"{url.TrimEnd('/')}/healthz", UriKind.Absolute, out var address))
        {
            await Console.Error.WriteLineAsync($"--url '{url}' is not an address. Legal: http://HOST:PORT.");
            return ServeCommand.BadSettings;
        }

        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
            using var response = await client.GetAsync(address, cancellationToken);
            await Console.Out.WriteLineAsync(response.IsSuccessStatusCode ? "ok" : $"{(int)response.StatusCode} from {address}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"No answer from {address}: {e.Message}");
            return 1;
        }
    }
}
