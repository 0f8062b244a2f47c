using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>Cloud Run's settings and states in the words of the screens. Kept in one place, so that a word means one thing.</summary>
public static class CloudRunWords
{
    /// <summary><c>request-based</c> or <c>instance-based</c>: words, not icons.</summary>
    public static string Of(BillingMode billing) => billing == BillingMode.RequestBased ? "request-based" : "instance-based";

    /// <summary>What a billing mode means, with the older words as a hint.</summary>
    public static string Explain(BillingMode billing) => billing == BillingMode.RequestBased
        ? "CPU only while a request is being answered (formerly: CPU is only allocated during request processing)"
        : "CPU for the whole life of an instance (formerly: CPU always allocated)";

    /// <summary>State of a service in a word.</summary>
    public static string Of(ServiceState state) => state switch
    {
        ServiceState.Ready => "ready",
        ServiceState.Deploying => "deploying",
        ServiceState.Failed => "failed",
        ServiceState.Disabled => "switched off",
        _ => "unknown",
    };

    /// <summary>Its meaning.</summary>
    public static Meaning MeaningOf(ServiceState state) => state switch
    {
        ServiceState.Ready => Meaning.Good,
        ServiceState.Deploying => Meaning.Busy,
        ServiceState.Failed or ServiceState.Disabled => Meaning.Risk,
        _ => Meaning.Unknown,
    };

    /// <summary>State of a condition in a word.</summary>
    public static string Of(ConditionState? state) => state switch
    {
        ConditionState.Succeeded => "ready",
        ConditionState.Failed => "failed",
        ConditionState.Pending => "pending",
        ConditionState.Reconciling => "deploying",
        _ => "unknown",
    };

    /// <summary>Its meaning.</summary>
    public static Meaning MeaningOf(ConditionState? state) => state switch
    {
        ConditionState.Succeeded => Meaning.Good,
        ConditionState.Failed => Meaning.Risk,
        ConditionState.Pending or ConditionState.Reconciling => Meaning.Busy,
        _ => Meaning.Unknown,
    };

    /// <summary>Execution environment.</summary>
    public static string Of(ExecutionEnvironment environment) => environment switch
    {
        ExecutionEnvironment.Gen1 => "gen1",
        ExecutionEnvironment.Gen2 => "gen2",
        _ => "automatic",
    };

    /// <summary>Ingress as people say it; what is not known stays as it came.</summary>
    public static string Ingress(string ingress) => ingress switch
    {
        "INGRESS_TRAFFIC_ALL" => "all",
        "INGRESS_TRAFFIC_INTERNAL_ONLY" => "internal only",
        "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" => "internal and load balancer",
        "INGRESS_TRAFFIC_NONE" => "none",
        "" => "not stated",
        _ => ingress,
    };

    /// <summary>CPU of a template in CPUs, without the unit: <c>1</c>, <c>0.5</c>.</summary>
    public static string Cpu(RevisionTemplate template) =>
        template.CpuMillis() is { } millis ? (millis / 1000m).ToString("0.###", CultureInfo.InvariantCulture) : "–";

    /// <summary>Memory of a template with its unit.</summary>
    public static string Memory(RevisionTemplate template) =>
        template.MemoryBytes() is { } bytes ? Quantity.FormatMemory(bytes.ToString(CultureInfo.InvariantCulture)) : "–";

    /// <summary>Service-level scaling in words.</summary>
    public static string Of(ServiceScaling scaling) => scaling switch
    {
        { ScalingMode: ScalingMode.Manual, ManualInstanceCount: { } count } => $"manual, {count}",
        { ScalingMode: ScalingMode.Manual } => "manual",
        _ => "automatic",
    };

    /// <summary>Minimum instances at both levels: <c>1</c>, <c>manual 2</c>, or <c>1 · rev 3</c> where the latest revision has one of its own.</summary>
    public static string Minimum(Service service)
    {
        var ofService = service.Scaling switch
        {
            { ScalingMode: ScalingMode.Manual, ManualInstanceCount: { } count } => $"manual {count}",
            { ScalingMode: ScalingMode.Manual } => "manual",
            var automatic => automatic.MinInstanceCount.ToString(CultureInfo.InvariantCulture),
        };
        return service.Template.Scaling.MinInstanceCount > 0 ? $"{ofService} · rev {service.Template.Scaling.MinInstanceCount}" : ofService;
    }

    /// <summary>Maximum instances at both levels: <c>10 · rev 100</c>, or <c>rev 100</c> where the service sets none.</summary>
    public static string Maximum(Service service) =>
        $"{(service.Scaling.MaxInstanceCount > 0 ? $"{service.Scaling.MaxInstanceCount} · " : "")}rev {service.Template.Scaling.EffectiveMaximum()}";

    /// <summary>A count in words: <c>1 service</c>, <c>2 services</c>.</summary>
    public static string Count(int count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many ?? one + "s"}");

    /// <summary>On or off.</summary>
    public static string OnOff(bool on) => on ? "on" : "off";
}
