using Microsoft.AspNetCore.DataProtection;
using OpsConsole.Core.Storage;
using OpsConsole.Web.Access;
using OpsConsole.Web.Shell;
using Radzen;

namespace OpsConsole.Web.Hosting;

/// <summary>The web application: what is registered, and the order in which a request meets it.</summary>
internal static class ConsoleApp
{
    /// <summary>Builds it without starting it.</summary>
    public static WebApplication Build(ConsoleSettings settings, DataFolder folder, ConsoleDatabase database, Uri? simulator)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ConsoleApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(settings.Urls);

        // Run from the build output outside Development, static files of packages are found only with this.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders().AddSimpleConsole(static console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)

            // It warns at each first start that the keys lie unencrypted; they lie in a folder that only this user may open.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // Cloud Run gives 10 seconds between SIGTERM and SIGKILL.
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDataProtection().SetApplicationName("OpsConsole").PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddConsoleAccess();
        Features.Add(builder.Services, settings, simulator);

        var app = builder.Build();
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
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/healthz", static () => Results.Text("ok\n")).AllowAnonymous();
        app.MapSignIn();
        Features.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }
}
