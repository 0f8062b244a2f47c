using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.Access;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Registers the HTTP API of the audit trail, and maps it.</summary>
internal static class ApiSetup
{
    private const double BurstSeconds = 4;

    private static readonly string[] OtherMethods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    // Longer than a commit under load, shorter than a client's patience.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Registers authentication by token, its policies, and the rate limit.</summary>
    public static void AddAuditApi(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new ApiRateLimit(provider.GetRequiredService<ConsoleSettings>().Audit.ApiRequestsPerSecond, BurstSeconds, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new ReceivingGate(
            provider.GetRequiredService<ConsoleSettings>().Audit.ApiRequestsAtOnce, provider.GetRequiredService<ConsoleSettings>().Audit.ApiRequestsWaiting, Patience, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new BacklogBound(
            provider.GetRequiredService<ConsoleSettings>().Audit.ApiUnsealedEvents, provider.GetRequiredService<IWaitingCount>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Backpressure>();
        services.AddSingleton<ApiRefusals>();
        services.AddSingleton<WrongTokens>();
        services.AddSingleton<SealedResults>();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(ApiAccess.Scheme, null)
            .AddPolicyScheme(ApiAccess.TokenOrCookie, null, static scheme => scheme.ForwardDefaultSelector = static context =>
                context.Request.Headers.Authorization.Count > 0
                    ? ApiAccess.Scheme
                    : context.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value.DefaultScheme);
        services.AddAuthorizationBuilder()
            .AddPolicy(ApiAccess.PolicyOf(ApiScope.AppendEvents), static policy => policy
                .AddAuthenticationSchemes(ApiAccess.Scheme)
                .RequireAuthenticatedUser()
                .RequireClaim(ApiAccess.ScopeClaim, nameof(ApiScope.AppendEvents)))
            .AddPolicy(ApiAccess.PolicyOf(ApiScope.ReadLog), static policy => policy
                .AddAuthenticationSchemes(ApiAccess.TokenOrCookie)
                .RequireAuthenticatedUser()
                .RequireAssertion(static context =>
                    context.User.HasClaim(ApiAccess.ScopeClaim, nameof(ApiScope.ReadLog))
                    || (ActorClaims.ToActor(context.User)?.MayEverywhere(Permission.BrowseAudit) ?? false)));
    }

    /// <summary>Maps the endpoint. Its answers are for programs: no error page takes their place, and no way to sign in.</summary>
    public static void MapAuditApi(this IEndpointRouteBuilder app)
    {
        foreach (var endpoint in new[]
        {
            app.MapPost(EventsEndpoint.Path, EventsEndpoint.ReceiveAsync),
            app.MapMethods(EventsEndpoint.Path, OtherMethods, EventsEndpoint.RefuseMethodAsync),
        })
        {
            endpoint.RequireAuthorization(ApiAccess.PolicyOf(ApiScope.AppendEvents)).WithMetadata(new SkipStatusCodePagesAttribute());
        }
    }
}
