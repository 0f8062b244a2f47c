using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Hosting;

/// <summary>What settings must satisfy. Each sentence names the key, the value given and the legal values.</summary>
public static partial class SettingsRules
{
    /// <summary>All failures, in the order of the keys.</summary>
    public static IEnumerable<string> Check(ConsoleSettings settings, bool usesDataFolder = true)
    {
        var addresses = settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
        {
            yield return "OpsConsole:Urls is empty. Legal: one or more addresses such as http://127.0.0.1:5080, separated by ';'.";
        }

        foreach (var address in addresses)
        {
            if (!TryBindingAddress(address))
            {
                yield return $"OpsConsole:Urls = '{address}' is not an address to listen on. Legal: http://HOST:PORT, with a port from 0 to 65535.";
            }
        }

        if (usesDataFolder && DataFolder.WhyUnusable(settings.Data) is { } why)
        {
            yield return $"OpsConsole:Data = '{settings.Data}' {why} Legal: a folder that this user may write to (--data DIR).";
        }

        foreach (var project in settings.Projects.Where(static p => !ProjectId().IsMatch(p)))
        {
            yield return $"OpsConsole:Projects has '{project}', which is not a project id. Legal: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter (an organisation's prefix such as example.com: may stand before it).";
        }

        foreach (var project in settings.Changes.ApprovalProjects.Where(static p => !ProjectId().IsMatch(p)))
        {
            yield return $"OpsConsole:Changes:ApprovalProjects has '{project}', which is not a project id. Legal: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter.";
        }

        foreach (var failure in CheckSections(settings))
        {
            yield return failure;
        }

        // A verb that serves nobody needs nobody told apart.
        foreach (var failure in usesDataFolder ? IdentityRules.Check(settings) : [])
        {
            yield return failure;
        }
    }

    /// <summary>True when every address is a loopback one.</summary>
    public static bool AllLoopback(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(static url =>
            Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));

    private static IEnumerable<string> CheckSections(ConsoleSettings settings)
    {
        foreach (var (key, value) in new[]
        {
            ("TokenInfoAddress", settings.Google.TokenInfoAddress),
            ("CloudRunAddress", settings.Google.CloudRunAddress),
            ("LoggingAddress", settings.Google.LoggingAddress),
            ("ResourceManagerAddress", settings.Google.ResourceManagerAddress),
        })
        {
            var mayBeEmpty = key is "ResourceManagerAddress" or "TokenInfoAddress";
            if (mayBeEmpty && value.Length == 0)
            {
                continue;
            }

            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                yield return $"OpsConsole:Google:{key} = '{value}' is not an address. Legal: http:// or https:// and a host.";
            }
        }

        if (settings.Google.Credentials is not ("ApplicationDefault" or "None"))
        {
            yield return $"OpsConsole:Google:Credentials = '{settings.Google.Credentials}'. Legal: ApplicationDefault, None.";
        }

        if (settings.Database.Connection.Length > 0 && ConsoleDatabase.WhyUnusable(settings.Database.Connection) is { } whyNoDatabase)
        {
            yield return $"OpsConsole:Database:Connection {whyNoDatabase}";
        }

        if (KeyName.Problem(settings.Audit.Origin) is { } whyNoOrigin)
        {
            yield return $"OpsConsole:Audit:Origin = '{settings.Audit.Origin}': {whyNoOrigin} Legal: an address without scheme, such as console.acme.example/audit.";
        }

        foreach (var failure in AuditRules.Check(settings.Audit))
        {
            yield return failure;
        }

        foreach (var (key, value, min, max) in new (string, long, long, long)[]
        {
            ("Audit:ApiRequestsPerSecond", settings.Audit.ApiRequestsPerSecond, 1, 100_000),
            ("Audit:ApiRequestsAtOnce", settings.Audit.ApiRequestsAtOnce, 64, 10_000),
            ("Audit:ApiRequestsWaiting", settings.Audit.ApiRequestsWaiting, 0, 100_000),
            ("Audit:ApiUnsealedEvents", settings.Audit.ApiUnsealedEvents, 1, 1_000_000_000),
            ("Audit:RetentionDays", settings.Audit.RetentionDays, 0, 36_500),
            ("Google:TimeoutSeconds", settings.Google.TimeoutSeconds, 1, 600),
            ("Simulator:Port", settings.Simulator.Port, 0, 65535),
            ("Simulator:HistoryHours", settings.Simulator.HistoryHours, 0, 168),
            ("Logs:PollSeconds", settings.Logs.PollSeconds, 2, 3600),
            ("Logs:LiveHours", settings.Logs.LiveHours, 1, 168),
            ("Logs:LiveMegabytes", settings.Logs.LiveMegabytes, 10, 100_000),
            ("Logs:UploadLimitBytes", settings.Logs.UploadLimitBytes, 1024, 1L << 40),
            ("Changes:LongestDeploymentMinutes", settings.Changes.LongestDeploymentMinutes, 1, 120),
            ("Changes:RegionCpuQuota", settings.Changes.RegionCpuQuota, 0, 1_000_000),
            ("Changes:RegionMemoryQuota", settings.Changes.RegionMemoryQuota, 0, 1_000_000),
            ("Changes:BulkParallelism", settings.Changes.BulkParallelism, 1, 20),
            ("Changes:ApprovalHours", settings.Changes.ApprovalHours, 1, 720),
            ("Changes:ReceiptMinutes", settings.Changes.ReceiptMinutes, 0, 60),
        })
        {
            if (value < min || value > max)
            {
                yield return $"OpsConsole:{key} = {value} is out of range. Legal: {min} to {max}.";
            }
        }
    }

    private static bool TryBindingAddress(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            return parsed.Scheme == "http" && parsed.Port is >= 0 and <= 65535 && parsed.Host.Length > 0 && parsed.PathBase.Length == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex("^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProjectId();
}
