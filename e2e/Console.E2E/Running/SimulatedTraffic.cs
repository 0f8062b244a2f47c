using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpsConsole.E2E.Running;

/// <summary>Requests to the simulated services when a journey needs them: those of the simulated callers come by chance, and at night hardly at all.</summary>
internal static class SimulatedTraffic
{
    /// <summary>Makes requests come at a service from now on, evenly over a time.</summary>
    /// <returns>When the first and the last come.</returns>
    public static async Task<(DateTimeOffset First, DateTimeOffset Last)> SendAsync(Uri simulator, string service, int count, double seconds)
    {
        var answer = await PostAsync(simulator, "simulator/requests", new { service, count, seconds });
        return (Time(answer, "first"), Time(answer, "last"));
    }

    /// <summary>From now on nothing comes but what is sent.</summary>
    public static Task KeepCallersAwayAsync(Uri simulator) => PostAsync(simulator, "simulator/callers", new { away = true });

    /// <summary>How many requests of a service that came at this time or later have been answered.</summary>
    public static async Task<int> AnsweredAsync(Uri simulator, string service, DateTimeOffset since)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        var truth = await http.GetFromJsonAsync<JsonElement>(new Uri($"simulator/truth?service={service}&from={Text(since)}", UriKind.Relative));
        return truth.GetProperty("revisions").EnumerateArray().Sum(static r => r.GetProperty("requests").GetInt32());
    }

    /// <summary>The audit records that a service must leave of requests in a stretch of time, and what became of each.</summary>
    public static async Task<List<JsonElement>> RecordsAsync(Uri simulator, string service, DateTimeOffset from, DateTimeOffset to)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        var lines = await http.GetStringAsync(new Uri($"simulator/truth/audit?service={service}&from={Text(from)}&to={Text(to)}", UriKind.Relative));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
    }

    /// <summary>A time as addresses hold it.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static async Task<JsonElement> PostAsync(Uri simulator, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        using var answer = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static DateTimeOffset Time(JsonElement answer, string name) => DateTimeOffset.Parse(answer.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
