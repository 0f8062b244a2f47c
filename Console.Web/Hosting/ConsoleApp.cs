using OpsConsole.Core.Storage;
using OpsConsole.Web.Access;
using OpsConsole.Web.Observability;
using OpsConsole.Web.Shell;
using Radzen;

namespace OpsConsole.Web.Hosting;

/// <summary>The web application: what is registered, and the order in which a request meets it.</summary>
internal static class ConsoleApp
{
    /// <summary>Builds it without starting it.</summary>
    public static WebApplication Build(ConsoleSettings settings, DataFolder folder, ConsoleDatabase database, DatabaseWait wait, Uri? simulator, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ConsoleApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(settings.Urls);

        // ASP.NET Core's own section (Kestrel__Endpoints__X__Url in the environment) would win over them, unchecked: who may come in hangs on where the console listens.
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().FirstOrDefault() is { Path: var endpoint })
        {
            throw new StartException($"{endpoint} is set, and where the console listens is set by OpsConsole:Urls alone. Remove it.");
        }

        // Run from the build output outside Development, static files of packages are found only with this.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(FrontSetup.Limit);
        builder.AddObservability(settings);

        // Cloud Run gives 10 seconds between SIGTERM and SIGKILL.
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(wait);
        builder.Services.AddHostedService<DatabaseWaitService>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddProtection(settings);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCircuitBounds(settings);
        builder.Services.AddRadzenComponents();
        builder.Services.AddConsoleAccess(settings);
        builder.Services.AddRequestLimits(settings);
        builder.Services.AddTrustedProxies();
        Features.Add(builder.Services, settings, simulator);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<DrainRequests>();
        app.UseTrustedProxies(settings);
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,

            // A form without its antiforgery token, or with a field missing, is the request's fault and not ours.
            StatusCodeSelector = static e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/error", "?status={0}");

        // The error page is shown, not posted to: what it stands in for may have been a POST with a bad form, which it would refuse in turn.
        app.Use(static (context, next) =>
        {
            if (context.Request.Path == "/error")
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.UseMiddleware<WaitingPage>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<CircuitDoor>();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapSignIn();
        Features.Map(app);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(CircuitsOfThoseSignedIn);
        return app;
    }

    // The circuit's own endpoints say nothing of who may use them: whoever is signed in. What a circuit shows, its pages decide.
    private static void CircuitsOfThoseSignedIn(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } pattern } && pattern.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
        {
            endpoint.Metadata.Add(new Microsoft.AspNetCore.Authorization.AuthorizeAttribute());
        }
    }
}
