using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>What the list of services can be filtered by.</summary>
public static class ServiceFields
{
    /// <summary>The qualifiers.</summary>
    public static FilterFields<Service> Filter { get; } = new(
        [
            new("state", "ready, deploying, failed, switched off; pinned: traffic stays on an old revision", "state:failed", static s => States(s)),
            new("region", "part of the region's name", "region:europe", static s => [s.Name.Location]),
            new("project", "part of the project id", "project:prod", static s => [s.Name.Project]),
            new("billing", "request (CPU only during requests) or instance (CPU always)", "billing:request", static s => [CloudRunWords.Of(s.Template.BillingMode)]),
            new("label", "name or name=value of a label", "label:team=pay", static s => s.Labels.Select(static l => $"{l.Key}={l.Value}")),
            Number("min", "minimum instances: the larger of service and revision level", "min:>0", static s => Minimum(s)),
            Number("max", "maximum instances: the smaller of service and revision level", "max:<10", static s => Maximum(s)),
            new("scaling", "automatic or manual", "scaling:manual", static s => [CloudRunWords.Of(s.Scaling)]),
            Number("concurrency", "requests at once per instance", "concurrency:1", static s => s.Template.EffectiveConcurrency()),
            Number("cpu", "CPUs", "cpu:>=2", static s => s.Template.CpuMillis() / 1000d),
            Number("memory", "memory in MiB", "memory:<512", static s => s.Template.MemoryBytes() / 1048576d),
            new("boost", "startup CPU boost: on or off", "boost:off", static s => [CloudRunWords.OnOff(s.Template.StartupCpuBoost)]),
            new("env", "execution environment: gen1, gen2, automatic", "env:gen1", static s => [CloudRunWords.Of(s.Template.ExecutionEnvironment)]),
            Number("timeout", "request timeout in seconds", "timeout:>300", static s => s.Template.Timeout.TotalSeconds),
            new("affinity", "session affinity: on or off", "affinity:on", static s => [CloudRunWords.OnOff(s.Template.SessionAffinity)]),
            new("by", "who deployed last", "by:ada", static s => [s.LastModifier]),
            new("revision", "name of a revision that serves", "revision:00007", static s => s.Serving.Select(static r => r.Revision)),
            new("ingress", "where requests may come from", "ingress:internal", static s => [CloudRunWords.Ingress(s.Ingress)]),
        ],
        static s => [s.Name.Id, s.Description, s.Uri]);

    /// <summary>The lines of help.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Filter.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <summary>Keys of the columns that sort.</summary>
    public static IReadOnlyList<string> SortKeys { get; } =
        ["name", "state", "project", "region", "billing", "boost", "min", "max", "concurrency", "cpu", "memory", "env", "timeout", "affinity", "serving", "deployed", "by"];

    /// <summary>Rows that match, in order. Equal rows stay in order of name, project and region.</summary>
    public static IReadOnlyList<Service> Apply(IEnumerable<Service> services, FilterQuery query, TableSort sort)
    {
        var byName = Filter.Where(services, query)
            .OrderBy(static s => s.Name.Id, StringComparer.Ordinal)
            .ThenBy(static s => s.Name.Value, StringComparer.Ordinal);
        return sort is { Column: "name", Descending: false } ? [.. byName] : [.. TableOrder.By(byName, Key(sort.Column), sort.Descending)];
    }

    private static Func<Service, IComparable?> Key(string column) => column switch
    {
        "state" => static s => (int)s.State,
        "project" => static s => s.Name.Project,
        "region" => static s => s.Name.Location,
        "billing" => static s => CloudRunWords.Of(s.Template.BillingMode),
        "boost" => static s => s.Template.StartupCpuBoost,
        "min" => static s => Minimum(s),
        "max" => static s => Maximum(s),
        "concurrency" => static s => s.Template.EffectiveConcurrency(),
        "cpu" => static s => s.Template.CpuMillis(),
        "memory" => static s => s.Template.MemoryBytes(),
        "env" => static s => CloudRunWords.Of(s.Template.ExecutionEnvironment),
        "timeout" => static s => s.Template.Timeout,
        "affinity" => static s => s.Template.SessionAffinity,
        "serving" => static s => s.Serving.Count,
        "deployed" => static s => s.UpdateTime,
        "by" => static s => s.LastModifier,
        _ => static s => s.Name.Id,
    };

    private static IEnumerable<string> States(Service service) =>
        service.TrafficPinned ? [CloudRunWords.Of(service.State), "pinned"] : [CloudRunWords.Of(service.State)];

    private static double Minimum(Service service) => Math.Max(service.Scaling.MinInstanceCount, service.Template.Scaling.MinInstanceCount);

    private static double Maximum(Service service) =>
        service.Scaling.MaxInstanceCount > 0
            ? Math.Min(service.Scaling.MaxInstanceCount, service.Template.Scaling.EffectiveMaximum())
            : service.Template.Scaling.EffectiveMaximum();

    private static FilterField<Service> Number(string key, string meaning, string example, Func<Service, double?> number) =>
        new(key, meaning, example, s => number(s) is { } n ? [n.ToString(CultureInfo.InvariantCulture)] : [], number);
}
