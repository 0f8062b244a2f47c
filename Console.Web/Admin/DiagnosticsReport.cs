using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage;
using OpsConsole.Web.Access;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Observability;

namespace OpsConsole.Web.Admin;

/// <summary>What administrators see of the console itself: what it is, what it needs, how it is, and what they should change.</summary>
internal sealed class DiagnosticsReport(
    ConsoleSettings settings, ConsoleDatabase database, Readiness readiness, IAuditHealth audit, OpenCircuits circuits, CpuWatch cpu, ICloudRun cloudRun, IConsoles consoles, TimeProvider time)
{
    /// <summary>Looks now.</summary>
    public async Task<DiagnosticsView> LookAsync(CancellationToken cancellationToken)
    {
        var dependencies = await readiness.LookAsync(cancellationToken);
        return new DiagnosticsView(time.GetUtcNow(), [.. Facts(), ("Consoles on this database", await ConsolesAsync(cancellationToken))], dependencies, [.. await AdviceAsync(cancellationToken)]);
    }

    private async Task<string> ConsolesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var others = (await consoles.LivingAsync(cancellationToken)).Where(name => name != consoles.Name).Order(StringComparer.Ordinal).ToList();
            return others.Count == 0 ? $"this one, {consoles.Name}" : $"this one, {consoles.Name}, and {string.Join(", ", others)}";
        }
        catch (AuditUnavailableException e)
        {
            return e.Message;
        }
    }

    private List<(string Name, string Value)> Facts()
    {
        using var process = Process.GetCurrentProcess();
        var memory = GC.GetGCMemoryInfo();
        var health = audit.Current;
        return
        [
            ("Version", typeof(DiagnosticsReport).Assembly.GetName().Version?.ToString(3) ?? ""),
            ("Instance", Environment.GetEnvironmentVariable("K_REVISION") is { Length: > 0 } revision ? $"Cloud Run revision {revision}" : Environment.MachineName),
            ("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}"),
            ("Started", process.StartTime.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
            ("Processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ("Memory", $"{Megabytes(Environment.WorkingSet)} MB of {Megabytes(memory.TotalAvailableMemoryBytes)} MB; heap {Megabytes(GC.GetTotalMemory(forceFullCollection: false))} MB"),
            ("Open pages", circuits.Count.ToString(CultureInfo.InvariantCulture)),
            ("Longest pause", $"{cpu.Longest.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s without CPU, in the last hour"),
            ("People are told apart by", settings.IdentityMode switch { IdentityMode.Iap => "Identity-Aware Proxy", IdentityMode.Local => "a token of the terminal (Local)", _ => "personas (Demo)" }),
            ("Database", database.Name),
            ("Keys of cookies", settings.DataProtection.KeyFile.Length > 0 ? "in the database, encrypted" : "in the database, not encrypted"),
            ("Audit trail", $"{health.TreeSize.ToString("N0", CultureInfo.InvariantCulture)} leaves, {health.Unsealed.ToString("N0", CultureInfo.InvariantCulture)} events not sealed yet"),
            ("Telemetry", ObservabilitySetup.Endpoint(settings) is { } endpoint ? $"OTLP to {endpoint.Host}" : "not sent anywhere"),
        ];
    }

    private async Task<List<string>> AdviceAsync(CancellationToken cancellationToken)
    {
        List<string> advice = [.. audit.Current.Problems];
        if (settings.IdentityMode == IdentityMode.Iap && settings.DataProtection.KeyFile.Length == 0)
        {
            advice.Add("The keys that sign forms lie in the database as they are. Set OpsConsole:DataProtection:KeyFile, so that a copy of the database is not enough to forge them.");
        }

        if (settings.IdentityMode == IdentityMode.Iap && settings.Roles.Admin.Count == 0)
        {
            advice.Add("No administrator stands in the settings (OpsConsole:Roles:Admin): should the database be lost, nobody could give roles.");
        }

        if (database.Kind == DatabaseKind.Sqlite && FrontSetup.OnCloudRun)
        {
            advice.Add("The database is a file, and files of a Cloud Run instance end with it: set OpsConsole:Database:Connection to Cloud SQL.");
        }

        if (settings.Audit.KeyFile.Length == 0 && FrontSetup.OnCloudRun)
        {
            advice.Add("The key that signs checkpoints lies on this instance's own disk and ends with it: set OpsConsole:Audit:KeyFile to a mounted secret.");
        }

        if (FrontSetup.OnCloudRun)
        {
            if (cpu.Longest > CpuWatch.TooLong)
            {
                advice.Add($"This console had no CPU for {cpu.Longest.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s: it seems to run request-based, and it has work between requests (sealing, polling, following changes). Run: gcloud run services update {Environment.GetEnvironmentVariable("K_SERVICE")} --no-cpu-throttling --min-instances=1");
            }

            advice.AddRange(await OwnServiceAsync(cancellationToken));
        }

        return advice;
    }

    // The console looks at itself as at any service, where it may.
    private async Task<IEnumerable<string>> OwnServiceAsync(CancellationToken cancellationToken)
    {
        var name = Environment.GetEnvironmentVariable("K_SERVICE")!;
        List<Service> found = [];
        foreach (var project in cloudRun.Projects)
        {
            found.AddRange((await cloudRun.ListServicesAsync(project, cancellationToken)).Items.Where(s => s.Name.Id == name && s.LatestCreatedRevision.EndsWith(Environment.GetEnvironmentVariable("K_REVISION") ?? "", StringComparison.Ordinal)));
        }

        return found.Count == 0 ? [] : Of(found[0]);
    }

    private static IEnumerable<string> Of(Service own)
    {
        if (own.Template.BillingMode == BillingMode.RequestBased)
        {
            yield return $"This console runs request-based: between requests it has no CPU, and sealing, polling and following of changes stop. Run: gcloud run services update {own.Name.Id} --region={own.Name.Location} --no-cpu-throttling";
        }

        if (own.Template.Scaling.MinInstanceCount == 0 && own.Scaling.MinInstanceCount == 0)
        {
            yield return $"This console may scale to zero, and does nothing then. Run: gcloud run services update {own.Name.Id} --region={own.Name.Location} --min-instances=1";
        }

        if (!own.Template.SessionAffinity)
        {
            yield return $"Without session affinity an open page may lose its connection to the instance that holds it. Run: gcloud run services update {own.Name.Id} --region={own.Name.Location} --session-affinity";
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1_048_576).ToString("N0", CultureInfo.InvariantCulture);
}
