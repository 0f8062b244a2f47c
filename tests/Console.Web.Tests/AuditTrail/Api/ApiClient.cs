using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Api;

/// <summary>A program that sends events to a running console, with a token that the command line made beside it.</summary>
internal sealed class ApiClient(HttpClient http) : IDisposable
{
    public HttpClient Http { get; } = http;

    /// <summary>A client with a fresh token.</summary>
    public static async Task<ApiClient> ForAsync(RunningConsole console, string workspace = "acme-prod", ApiScope scope = ApiScope.AppendEvents)
    {
        var client = console.Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(console, workspace, scope));
        return new ApiClient(client);
    }

    /// <summary>The secret of a fresh token.</summary>
    public static async Task<string> TokenAsync(RunningConsole console, string workspace, ApiScope scope = ApiScope.AppendEvents, string? name = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var request = new ApiTokenRequest(name ?? $"t-{Guid.NewGuid():N}", workspace, scope, 30);
        var exit = await TokenCommand.RunAsync(
            new CommandLineSettings { Data = Path.GetDirectoryName(console.Database) },
            (tokens, actor) => TokenCommand.MakeAsync(tokens, actor, request, output, errors, CancellationToken.None),
            errors,
            CancellationToken.None);
        Assert.True(exit == 0, errors.ToString());
        return output.ToString().Trim();
    }

    /// <summary>Posts a body.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string type = "application/json", string query = "") => PostAsync(Encoding.UTF8.GetBytes(body), type, query);

    /// <summary>Posts a body.</summary>
    public Task<HttpResponseMessage> PostAsync(byte[] body, string? type, string query = "", string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return Http.PostAsync(new Uri($"/api/v1/audit/events{query}", UriKind.Relative), content);
    }

    /// <summary>An event as a client writes it.</summary>
    public static string Event(string id, string more = "", string workspace = "acme-prod") =>
        $$"""{"id":"{{id}}","time":"2026-03-01T09:30:00.123456Z","workspace":"{{workspace}}","actor":{"type":"user","id":"maria@acme.example"},"action":"invoice.approve","outcome":"success"{{more}}}""";

    /// <summary>The body of an answer.</summary>
    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    public void Dispose() => Http.Dispose();
}
