using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using OpsConsole.Core;
using OpsConsole.Core.Access;
using OpsConsole.Core.Access.Iap;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>
/// Registers how people are told apart (one way, by the mode), one policy for each permission, and "nobody" as the rule for whatever names none.
/// </summary>
internal static class AccessSetup
{
    public static IServiceCollection AddConsoleAccess(this IServiceCollection services, ConsoleSettings settings)
    {
        services.AddAccess(
            RoleReader.Read(settings.Roles), new ActLimitOptions(settings.Limits.SearchesPerMinute, settings.Limits.VerificationsPerHour, settings.Limits.ExportsPerHour));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedAnswers>();
        if (settings.IdentityMode == IdentityMode.Iap)
        {
            AddIap(services, settings);
        }
        else
        {
            AddCookie(services, settings);
        }

        services.AddAuthorization(static options =>
        {
            // Deny by default: an endpoint that says nothing is an oversight. Where there is no endpoint at all, whoever is signed in is told so.
            options.FallbackPolicy = new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(static context => context.Resource is HttpContext http && http.GetEndpoint() is null)
                .Build();
            foreach (var permission in Enum.GetValues<Permission>())
            {
                options.AddPolicy(RequiresAttribute.PolicyOf(permission), policy => policy
                    .RequireAuthenticatedUser()
                    .AddRequirements(new PermissionRequirement(permission)));
            }
        });
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();

        // Antiforgery would send "X-Frame-Options: SAMEORIGIN" beside our stricter frame-ancestors 'none'.
        services.AddAntiforgery(static options =>
        {
            options.SuppressXFrameOptionsHeader = true;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddTransient<IClaimsTransformation, OriginClaims>();
        services.AddSingleton<Standings>();
        services.AddSingleton<Denials>();
        services.AddSingleton<SignInRecord>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<AuthenticationStateProvider, CircuitIdentity>();
        services.AddSingleton<OpenCircuits>();
        services.AddScoped<CircuitHandler, CircuitLimit>();
        services.AddSingleton<StartToken>();
        services.AddSingleton<LocalPerson>();
        services.AddHostedService<RoleService>();
        return services;
    }

    private static void AddIap(IServiceCollection services, ConsoleSettings settings)
    {
        services.AddSingleton(new IapOptions
        {
            Audiences = [.. settings.Identity.Iap.Audiences],
            KeysAddress = new Uri(settings.Identity.Iap.KeysAddress),
            HostedDomains = [.. settings.Identity.Iap.HostedDomains],
        });
        services.AddSingleton(static provider => new IapKeys(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) }) { Timeout = TimeSpan.FromSeconds(5) },
            provider.GetRequiredService<IapOptions>().KeysAddress,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IapKeys>>()));
        services.AddSingleton<IapVerifier>();
        services.AddSingleton<IapSessions>();
        services.AddAuthentication(IapAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, IapAuthentication>(IapAuthentication.SchemeName, null);
    }

    private static void AddCookie(IServiceCollection services, ConsoleSettings settings) =>
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "opsconsole";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(settings.Identity.SessionMinutes);
            cookie.SlidingExpiration = false;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/denied";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.Events.OnValidatePrincipal = static async context =>
            {
                // A cookie that was copied before signing out; or one of an earlier start, whose token was another.
                var services = context.HttpContext.RequestServices;
                if (context.Principal is { } principal
                    && (services.GetRequiredService<Standings>().Of(principal).WhyOver is not null
                        || (services.GetRequiredService<ConsoleSettings>().IdentityMode == IdentityMode.Local
                            && !principal.HasClaim(ActorClaims.Start, services.GetRequiredService<StartToken>().Mark))))
                {
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync();
                }
            };
            var toDeniedPage = cookie.Events.OnRedirectToAccessDenied;
            cookie.Events.OnRedirectToAccessDenied = async context =>
            {
                await Denials.RecordAsync(context.HttpContext);
                await toDeniedPage(context);
            };
        });
}
