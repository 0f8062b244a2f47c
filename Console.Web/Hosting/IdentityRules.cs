using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Hosting;

/// <summary>What the sections Identity, Roles, Proxy, DataProtection, Limits and Telemetry must satisfy.</summary>
internal static partial class IdentityRules
{
    /// <summary>All failures.</summary>
    public static IEnumerable<string> Check(ConsoleSettings settings) =>
        [.. Mode(settings), .. Iap(settings), .. Roles(settings), .. Front(settings), .. Rest(settings)];

    private static IEnumerable<string> Mode(ConsoleSettings settings)
    {
        var mode = settings.Identity.Mode;
        if (mode.Length > 0 && !Enum.GetNames<IdentityMode>().Contains(mode, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"OpsConsole:Identity:Mode = '{mode}'. Legal: Iap, Local, Demo, or empty (Local with real projects, else Demo).";
            yield break;
        }

        if (settings.IdentityMode == IdentityMode.Demo && settings.Projects.Count > 0)
        {
            yield return "OpsConsole:Identity:Mode = 'Demo' with a real project: its personas are nobody's identity. Legal: Local on your own machine, Iap behind Identity-Aware Proxy.";
        }

        if (settings.IdentityMode != IdentityMode.Iap && settings.Urls.Length > 0 && !SettingsRules.AllLoopback(settings.Urls))
        {
            yield return settings.IdentityMode == IdentityMode.Demo
                ? $"OpsConsole:Urls = '{settings.Urls}' in demo mode: everybody who can reach this address could choose to be anybody. Legal: loopback addresses only, such as http://127.0.0.1:5080; or OpsConsole:Identity:Mode = Iap with a project."
                : $"OpsConsole:Urls = '{settings.Urls}' with a real project: everybody who can reach this address would act with your credentials. Legal: loopback addresses only, such as http://127.0.0.1:5080; or OpsConsole:Identity:Mode = Iap.";
        }

        var least = settings.IdentityMode == IdentityMode.Iap ? 0 : 1;
        if (settings.Identity.SessionMinutes < least || settings.Identity.SessionMinutes > 1440)
        {
            yield return $"OpsConsole:Identity:SessionMinutes = {settings.Identity.SessionMinutes} is out of range. Legal: {least} to 1440.";
        }

        foreach (var role in settings.Identity.Local.Roles.Where(static r => !IsRole(r)))
        {
            yield return $"OpsConsole:Identity:Local:Roles has '{role}'. Legal: {string.Join(", ", Enum.GetNames<Role>())}.";
        }
    }

    private static IEnumerable<string> Iap(ConsoleSettings settings)
    {
        var iap = settings.Identity.Iap;
        if (settings.IdentityMode == IdentityMode.Iap && iap.Audiences.Count == 0)
        {
            yield return "OpsConsole:Identity:Iap:Audiences is empty: an assertion for any application would open this one. Legal: one or more of /projects/NUMBER/locations/REGION/services/NAME, /projects/NUMBER/global/backendServices/ID.";
        }

        foreach (var audience in iap.Audiences.Where(static a => !Audience().IsMatch(a)))
        {
            yield return $"OpsConsole:Identity:Iap:Audiences has '{audience}'. Legal: /projects/NUMBER/locations/REGION/services/NAME, /projects/NUMBER/global/backendServices/ID, with the project's number.";
        }

        // Who can write the keys on their way can be anybody: http is for this machine only.
        if (!Uri.TryCreate(iap.KeysAddress, UriKind.Absolute, out var keys) || !(keys.Scheme == "https" || (keys.Scheme == "http" && keys.IsLoopback)))
        {
            yield return $"OpsConsole:Identity:Iap:KeysAddress = '{iap.KeysAddress}'. Legal: an https address, or an http address of this machine.";
        }
    }

    private static IEnumerable<string> Roles(ConsoleSettings settings)
    {
        foreach (var (role, entries) in RoleReader.Lists(settings.Roles))
        {
            foreach (var entry in entries)
            {
                if (!RoleAssignment.TryParse(role, entry, out var assignment))
                {
                    yield return $"OpsConsole:Roles:{role} has '{entry}'. Legal: {Assignee.Forms}, then ;project=ID and ;workspace=NAME where the role has a limit.";
                }
                else if (role == Role.Admin && (assignment.Assignee.Kind == AssigneeKind.Domain || !assignment.Scope.IsEverything))
                {
                    yield return $"OpsConsole:Roles:Admin has '{entry}'. Legal: e-mail addresses and groups; administrators are named, and have no limit.";
                }
                else if (assignment.Assignee.Kind == AssigneeKind.Group && !RoleReader.Read(settings.Roles).Groups.ContainsKey(assignment.Assignee.Name))
                {
                    yield return $"OpsConsole:Roles:{role} has '{entry}', and OpsConsole:Roles:Groups has no entry {assignment.Assignee.Name}=….";
                }
            }
        }

        foreach (var entry in settings.Roles.Groups.Where(static e => RoleReader.ReadMember(e) is null))
        {
            yield return $"OpsConsole:Roles:Groups has '{entry}'. Legal: NAME=e-mail address, NAME=@domain; repeat the name for each member.";
        }
    }

    private static IEnumerable<string> Front(ConsoleSettings settings)
    {
        foreach (var network in settings.Proxy.Networks.Where(static n => !IPNetwork.TryParse(n, out _)))
        {
            yield return $"OpsConsole:Proxy:Networks has '{network}'. Legal: networks such as 10.0.0.0/8 or 35.191.0.0/16.";
        }

        if (settings.Proxy.Hops is < 1 or > 5)
        {
            yield return $"OpsConsole:Proxy:Hops = {settings.Proxy.Hops} is out of range. Legal: 1 to 5.";
        }

        foreach (var host in settings.Proxy.Hosts.Where(static h => Uri.CheckHostName(h) == UriHostNameType.Unknown))
        {
            yield return $"OpsConsole:Proxy:Hosts has '{host}', which is not a host name. Legal: names without scheme and port, such as console.acme.example.";
        }
    }

    private static IEnumerable<string> Rest(ConsoleSettings settings)
    {
        if (settings.DataProtection.KeyFile.Length > 0 && KeyEncryption.WhyUnusable(settings.DataProtection.KeyFile) is { } why)
        {
            yield return $"OpsConsole:DataProtection:KeyFile = '{settings.DataProtection.KeyFile}' {why} Legal: a file with 32 random bytes in base64 on each line (openssl rand -base64 32).";
        }

        foreach (var (key, value, min, max) in new[]
        {
            ("RequestsPerMinute", settings.Limits.RequestsPerMinute, 10, 100_000),
            ("AnonymousRequestsPerMinute", settings.Limits.AnonymousRequestsPerMinute, 10, 100_000),
            ("CircuitsPerPerson", settings.Limits.CircuitsPerPerson, 1, 10_000),
            ("Circuits", settings.Limits.Circuits, 1, 10_000),
            ("SearchesPerMinute", settings.Limits.SearchesPerMinute, 10, 100_000),
            ("VerificationsPerHour", settings.Limits.VerificationsPerHour, 1, 10_000),
            ("ExportsPerHour", settings.Limits.ExportsPerHour, 1, 10_000),
            ("DisconnectedPages", settings.Limits.DisconnectedPages, 0, 10_000),
            ("DisconnectedSeconds", settings.Limits.DisconnectedSeconds, 1, 3600),
        })
        {
            if (value < min || value > max)
            {
                yield return $"OpsConsole:Limits:{key} = {value} is out of range. Legal: {min} to {max}.";
            }
        }

        if (settings.Telemetry.OtlpEndpoint.Length > 0 && !(Uri.TryCreate(settings.Telemetry.OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return $"OpsConsole:Telemetry:OtlpEndpoint = '{settings.Telemetry.OtlpEndpoint}' is not an address. Legal: http:// or https:// and a host, such as http://127.0.0.1:4318.";
        }

        if (settings.Telemetry.LogFormat is not ("" or "Text" or "CloudLogging"))
        {
            yield return $"OpsConsole:Telemetry:LogFormat = '{settings.Telemetry.LogFormat}'. Legal: Text, CloudLogging, or empty (CloudLogging on Cloud Run).";
        }
    }

    private static bool IsRole(string text) => Enum.GetNames<Role>().Contains(text, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("^/projects/[0-9]{1,20}/(global/backendServices/[0-9]{1,20}|locations/[a-z0-9-]{1,63}/services/[a-z0-9-]{1,63})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Audience();
}
