using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.Storage;
using OpsConsole.Web.Access;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

/// <summary>
/// Every page and endpoint with what one needs to open it. A new route fails this test until it is written here, so that nobody
/// adds one without deciding who may use it.
/// </summary>
public sealed partial class RouteTableTests
{
    private const string Anybody = "anybody";
    private const string SignedIn = "signed in";

    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["GET /"] = "ViewServices",
        ["GET /services"] = "ViewServices",
        ["GET /services/jobs"] = "ViewServices",
        ["GET /services/worker-pools"] = "ViewServices",
        ["GET /services/{Project}/{Region}/{Name}"] = "ViewServices",
        ["GET /changes"] = "ViewServices",
        ["GET /changes/{Id}"] = "ViewServices",
        ["GET /changes/approvals"] = "ViewServices",
        ["GET /changes/approvals/{Project}/{Id}"] = "ViewServices",
        ["GET /changes/bulk"] = "ViewServices",
        ["GET /changes/bulk/new"] = "ChangeServices",
        ["GET /changes/bulk/{Id}"] = "ViewServices",
        ["GET /changes/moves"] = "ViewServices",
        ["GET /changes/moves/{Project}/{Region}/{Name}/{Id}"] = "ViewServices",
        ["GET /background"] = "ViewBackgroundActivity",
        ["GET /background/instance"] = "ViewBackgroundActivity",
        ["GET /background/open"] = "ViewBackgroundActivity",
        ["GET /background/request"] = "ViewBackgroundActivity",
        ["GET /background/{Project}/{Location}/{Service}"] = "ViewBackgroundActivity",
        ["GET /background/evidence"] = "ExportEvidence",
        ["POST /background/uploads"] = "AnalyseLogs",
        ["GET /audit"] = "BrowseAudit",
        ["GET /audit/event"] = "BrowseAudit",
        ["GET /audit/event/{PathId}"] = "BrowseAudit",
        ["GET /audit/event/leaf"] = "BrowseAudit",
        ["GET /audit/event/proof"] = "BrowseAudit",
        ["GET /audit/events/file"] = "ExportAudit",
        ["POST /api/v1/audit/events"] = "token:AppendEvents",
        ["GET /api/v1/audit/events"] = "token:AppendEvents",
        ["HEAD /api/v1/audit/events"] = "token:AppendEvents",
        ["PUT /api/v1/audit/events"] = "token:AppendEvents",
        ["PATCH /api/v1/audit/events"] = "token:AppendEvents",
        ["DELETE /api/v1/audit/events"] = "token:AppendEvents",
        ["GET /tlog/checkpoint"] = "token:ReadLog",
        ["GET /tlog/tile/{**path}"] = "token:ReadLog",
        ["GET /audit/verify"] = "VerifyAudit",
        ["GET /audit/verify/checkpoint"] = "VerifyAudit",
        ["GET /audit/verify/consistency"] = "VerifyAudit",
        ["GET /audit/evidence"] = "ExportAudit",
        ["GET /audit/evidence/file"] = "ExportAudit",
        ["GET /audit/evidence/progress"] = "ExportAudit",
        ["GET /audit/books"] = "VerifyAudit",
        ["GET /audit/books/file"] = "ExportAudit",
        ["GET /audit/completeness"] = "VerifyAudit",
        ["GET /audit/outside"] = "VerifyAudit",
        ["GET /audit/retention"] = "EraseAudit",
        ["GET /audit/completeness/export"] = "ExportAudit",
        ["GET /admin"] = "ManageRoles",
        ["GET /admin/roles"] = "ManageRoles",
        ["GET /admin/tokens"] = "ManageTokens",
        ["GET /admin/settings"] = "ViewConsole",
        ["GET /admin/diagnostics"] = "ViewConsole",
        ["GET /sign-in"] = Anybody,
        ["POST /sign-in/persona"] = Anybody,
        ["POST /sign-in/token"] = Anybody,
        ["GET /sign-in/token"] = Anybody,
        ["POST /sign-out"] = SignedIn,
        ["GET /denied"] = Anybody,
        ["GET /error"] = Anybody,
        ["GET /not-found"] = SignedIn,
        ["GET /healthz"] = Anybody,
        ["GET /readyz"] = Anybody,
    };

    [Fact]
    public async Task Routes_All_NeedWhatTheTableSays()
    {
        var actual = (await RoutesAsync()).OrderBy(static r => r.Key, StringComparer.Ordinal).Select(static r => $"{r.Key} = {r.Value}");

        Assert.Equal(string.Join('\n', Expected.OrderBy(static r => r.Key, StringComparer.Ordinal).Select(static r => $"{r.Key} = {r.Value}")), string.Join('\n', actual));
    }

    [Fact]
    public void Pages_All_SayWhatTheyNeed()
    {
        var pages = typeof(Urls).Assembly.GetTypes().Where(static t => t.IsDefined(typeof(RouteAttribute), inherit: false));

        Assert.Empty(pages.Where(static t =>
            !t.IsDefined(typeof(RequiresAttribute), inherit: false) && !t.IsDefined(typeof(AllowAnonymousAttribute), inherit: false) && t.Name != "NotFoundPage").Select(static t => t.Name));
    }

    /// <summary>
    /// The table is not only what the routes say: each one is asked for on a running console, by nobody and by somebody of each role, and
    /// what comes back is what the table says.
    /// </summary>
    [Fact]
    public async Task Routes_All_AnswerEachRoleAsTheTableSays()
    {
        await using var console = await RunningConsole.StartAsync();
        var wrong = new List<string>();
        foreach (var (role, browser) in await PeopleAsync(console))
        {
            using var asking = browser;
            foreach (var (route, need) in Expected.OrderBy(static r => r.Key, StringComparer.Ordinal))
            {
                // Signing out would end the session of those that follow.
                if (route == "POST /sign-out")
                {
                    continue;
                }

                var may = need == Anybody || (role is { } one && need switch
                {
                    SignedIn => true,
                    "token:AppendEvents" => false,
                    "token:ReadLog" => new[] { one }.Allows(Permission.BrowseAudit),
                    _ => new[] { one }.Allows(Enum.Parse<Permission>(need)),
                });
                using var request = RequestTo(route);
                if (request.Method != HttpMethod.Get)
                {
                    request.Headers.Add("X-Requested-With", "XMLHttpRequest");
                    request.Headers.Add("Origin", console.Address.GetLeftPart(UriPartial.Authority));
                }

                using var answer = await browser.SendAsync(request);
                if (IsDenied(answer, route) == may)
                {
                    wrong.Add($"{role?.ToString() ?? "nobody"}: {route} ({need}) answered {(int)answer.StatusCode} {answer.Headers.Location}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Endpoint_ThatSaysNothing_IsDeniedToEverybody()
    {
        await using var console = await RunningConsole.StartAsync();
        using var scope = console.Services.CreateScope();
        var fallback = await scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var person = ActorClaims.ToPrincipal(new Actor("a@acme.example", "A", [role]), "test");

            Assert.False((await authorization.AuthorizeAsync(person, null, fallback!)).Succeeded);
        }
    }

    private static async Task<List<(Role? Role, HttpClient Browser)>> PeopleAsync(RunningConsole console)
    {
        List<(Role?, HttpClient)> people = [(null, console.Browser())];
        foreach (var role in Enum.GetValues<Role>())
        {
            people.Add((role, await console.SignedInAsync(role.ToString().ToLowerInvariant())));
        }

        return people;
    }

    private static HttpRequestMessage RequestTo(string route)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        var path = Parameter().Replace(route[(space + 1)..], static match => match.Groups["name"].Value switch
        {
            "Project" => "acme-prod",
            "path" => "0/000",
            _ => "x",
        });
        return new HttpRequestMessage(new HttpMethod(route[..space]), new Uri(path, UriKind.Relative));
    }

    private static bool IsDenied(HttpResponseMessage answer, string route) =>
        answer.StatusCode is HttpStatusCode.Unauthorized
        || (answer.StatusCode == HttpStatusCode.Forbidden && !route.Contains(" /sign-in/", StringComparison.Ordinal))
        || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location is { } to
            && (to.ToString().Contains("/sign-in?returnUrl", StringComparison.Ordinal) || to.ToString().Contains("/denied", StringComparison.Ordinal)));

    [GeneratedRegex(@"\{\**(?<name>[A-Za-z]+)[^}]*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    private static async Task<Dictionary<string, string>> RoutesAsync()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-test-");
        try
        {
            using var folder = DataFolder.Open(data.FullName);
            var settings = new ConsoleSettings { Data = folder.Path, Urls = "http://127.0.0.1:0" };
            var database = new ConsoleDatabase(folder.Database);
            await using var app = ConsoleApp.Build(settings, folder, database, new DatabaseWait(database, TimeProvider.System), new Uri("http://127.0.0.1:9/"));
            var routes = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(static s => s.Endpoints).OfType<RouteEndpoint>())
            {
                if (IsFrameworks(endpoint))
                {
                    continue;
                }

                var isPage = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
                var methods = isPage ? ["GET"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
                foreach (var method in methods)
                {
                    routes[$"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"] = NeedOf(endpoint);
                }
            }

            return routes;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // Static files and the circuit's own endpoints; a circuit shows nothing before a page asks for its permission.
    private static bool IsFrameworks(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is not { } pattern
        || pattern.Contains("{**path:file}", StringComparison.Ordinal)
        || pattern.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal)
        || pattern.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal)
        || endpoint.Metadata.Any(static m => m.GetType().Name.Contains("StaticAsset", StringComparison.Ordinal));

    private static string NeedOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? Anybody
        : endpoint.Metadata.GetOrderedMetadata<RequiresAttribute>() is { Count: > 0 } needs ? string.Join(", ", needs.Select(static n => n.Permission.ToString()))
        : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().FirstOrDefault(static a => a.Policy is not null) is { } policy ? policy.Policy!.Replace("permission:", "", StringComparison.Ordinal)
        : SignedIn;
}
