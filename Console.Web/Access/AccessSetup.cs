using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>Registers sign-in: a cookie, one policy for each permission, and "signed in" as the rule for whatever names none.</summary>
internal static class AccessSetup
{
    public static IServiceCollection AddConsoleAccess(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(static cookie =>
        {
            cookie.Cookie.Name = "opsconsole";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = false;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/denied";
            cookie.ReturnUrlParameter = "returnUrl";
            var toDeniedPage = cookie.Events.OnRedirectToAccessDenied;
            cookie.Events.OnRedirectToAccessDenied = async context =>
            {
                var http = context.HttpContext;
                if (ActorClaims.ToActor(http.User) is { } actor)
                {
                    await http.RequestServices.GetRequiredService<Denials>().RecordAsync(actor, http.Request.Path, http.RequestAborted);
                }

                await toDeniedPage(context);
            };
        });
        services.AddAuthorization(static options =>
        {
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            foreach (var permission in Enum.GetValues<Permission>())
            {
                options.AddPolicy(RequiresAttribute.PolicyOf(permission), policy => policy
                    .RequireAuthenticatedUser()
                    .RequireAssertion(context => ActorClaims.ToActor(context.User)?.May(permission) ?? false));
            }
        });
        // Antiforgery would send "X-Frame-Options: SAMEORIGIN" beside our stricter frame-ancestors 'none'.
        services.AddAntiforgery(static options => options.SuppressXFrameOptionsHeader = true);
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddTransient<IClaimsTransformation, OriginClaims>();
        services.AddSingleton<Denials>();
        services.AddSingleton<SignInRecord>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<StartToken>();
        return services;
    }
}
