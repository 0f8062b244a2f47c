using System.Net;
using System.Text.RegularExpressions;

namespace OpsConsole.Testing.Circuits;

/// <summary>A browser's cookies and its way of asking for pages: one person who is signed in.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Somebody who has not signed in yet.</summary>
    public Visitor(Uri console)
        : this(console, new CookieContainer(), "")
    {
    }

    private Visitor(Uri console, CookieContainer cookies, string assertion)
    {
        (Console, Cookies, Assertion) = (console, cookies, assertion);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = console };
        if (assertion.Length > 0)
        {
            _http.DefaultRequestHeaders.Add(AssertionHeader, assertion);
        }
    }

    /// <summary>Somebody whom Identity-Aware Proxy has signed in: its assertion goes with every request.</summary>
    public Visitor(Uri console, string assertion)
        : this(console, new CookieContainer(), assertion)
    {
    }

    /// <summary>Address of the console.</summary>
    public Uri Console { get; }

    internal const string AssertionHeader = "X-Goog-IAP-JWT-Assertion";

    internal CookieContainer Cookies { get; }

    internal string Assertion { get; }

    /// <summary>Signs in as a persona of the demo.</summary>
    public static async Task<Visitor> SignInAsync(Uri console, string persona, CancellationToken cancellationToken)
    {
        var visitor = new Visitor(console);
        try
        {
            var html = await visitor.GetAsync("/sign-in", cancellationToken);
            using var form = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("persona", persona),
                KeyValuePair.Create("__RequestVerificationToken", TokenField().Match(html).Groups["token"].Value),
            ]);
            using var answer = await visitor._http.PostAsync(new Uri("/sign-in/persona", UriKind.Relative), form, cancellationToken);
            return answer.StatusCode == HttpStatusCode.Redirect
                ? visitor
                : throw new InvalidOperationException($"Signing in as {persona} was answered with {(int)answer.StatusCode}.");
        }
        catch
        {
            visitor.Dispose();
            throw;
        }
    }

    /// <summary>The same browser at another console on the same database.</summary>
    public Visitor At(Uri console) => new(console, Cookies, Assertion);

    /// <summary>Signs out, at this console or at another one on the same database: cookies of an address are of all its ports.</summary>
    public async Task SignOutAsync(Uri console, CancellationToken cancellationToken)
    {
        using var page = await _http.GetAsync(new Uri(console, "/sign-in"), cancellationToken);
        using var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("__RequestVerificationToken", TokenField().Match(await page.Content.ReadAsStringAsync(cancellationToken)).Groups["token"].Value)]);
        using var answer = await _http.PostAsync(new Uri(console, "/sign-out"), form, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"Signing out was answered with {(int)answer.StatusCode}.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>A page, as the first request brings it.</summary>
    internal async Task<string> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(cancellationToken)
            : throw new HttpRequestException($"{path} was answered with {(int)answer.StatusCode}.", null, answer.StatusCode);
    }

    /// <summary>What a browser does as a page is left: tells the console that its circuit is no longer needed.</summary>
    internal async Task LeaveAsync(string circuit, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new StringContent(circuit), "circuitId" } };
        using var answer = await _http.PostAsync(new Uri("/_blazor/disconnect", UriKind.Relative), form, cancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenField();
}
