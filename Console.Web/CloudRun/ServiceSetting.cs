using System.Globalization;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes.Forms;

namespace OpsConsole.Web.CloudRun;

/// <summary>A setting of a service as it is shown, and the change that a click on it plans.</summary>
/// <param name="What">Its name, in the middle of a sentence.</param>
/// <param name="Value">Its value in words.</param>
/// <param name="Form">Key of the form that sets it, among <see cref="ChangeForms"/>.</param>
public sealed record ServiceSetting(string What, string Value, string Form)
{
    /// <summary>The change, where there is one other value; null opens the form.</summary>
    public Change? Other { get; private init; }

    /// <summary>What the value means.</summary>
    public string Explanation { get; private init; } = "";

    /// <summary>When an instance has CPU.</summary>
    public static ServiceSetting Billing(Service service) => new("billing", CloudRunWords.Of(service.Template.BillingMode), "cpu-allocation")
    {
        Other = new SetCpuAllocation(service.Template.BillingMode == BillingMode.RequestBased),
        Explanation = CloudRunWords.Explain(service.Template.BillingMode),
    };

    /// <summary>Startup CPU boost.</summary>
    public static ServiceSetting Boost(Service service) => new("startup CPU boost", CloudRunWords.OnOff(service.Template.StartupCpuBoost), "startup-boost")
    {
        Other = new SetStartupBoost(!service.Template.StartupCpuBoost),
    };

    /// <summary>Session affinity.</summary>
    public static ServiceSetting Affinity(Service service) => new("session affinity", CloudRunWords.OnOff(service.Template.SessionAffinity), "session-affinity")
    {
        Other = new SetSessionAffinity(!service.Template.SessionAffinity),
    };

    /// <summary>Minimum instances at both levels, or the manual count.</summary>
    public static ServiceSetting Minimum(Service service) =>
        new("minimum instances", CloudRunWords.Minimum(service), service.Scaling.ScalingMode == ScalingMode.Manual ? "scaling-mode" : "instance-limits");

    /// <summary>Maximum instances at both levels.</summary>
    public static ServiceSetting Maximum(Service service) => new("maximum instances", CloudRunWords.Maximum(service), "instance-limits");

    /// <summary>Minimum and maximum of the service.</summary>
    public static ServiceSetting Limits(Service service) => new(
        "minimum and maximum instances of the service",
        $"{N(service.Scaling.MinInstanceCount)} / {(service.Scaling.MaxInstanceCount > 0 ? N(service.Scaling.MaxInstanceCount) : "none set")}",
        "instance-limits");

    /// <summary>Minimum and maximum of the latest revision.</summary>
    public static ServiceSetting RevisionLimits(Service service) => new(
        "minimum and maximum instances of the revision",
        $"{N(service.Template.Scaling.MinInstanceCount)} / {N(service.Template.Scaling.EffectiveMaximum())}",
        "revision-limits");

    /// <summary>Automatic or manual.</summary>
    public static ServiceSetting Scaling(Service service) => new("scaling mode", CloudRunWords.Of(service.Scaling), "scaling-mode");

    /// <summary>Requests at once per instance.</summary>
    public static ServiceSetting Concurrency(Service service) => new("concurrency", N(service.Template.EffectiveConcurrency()), "concurrency");

    /// <summary>CPUs of all containers.</summary>
    public static ServiceSetting Cpu(Service service) => new("CPU", CloudRunWords.Cpu(service.Template), "resources");

    /// <summary>Memory of all containers.</summary>
    public static ServiceSetting Memory(Service service) => new("memory", CloudRunWords.Memory(service.Template), "resources");

    /// <summary>Both.</summary>
    public static ServiceSetting Resources(Service service) =>
        new("CPU and memory", $"{CloudRunWords.Cpu(service.Template)} / {CloudRunWords.Memory(service.Template)}", "resources");

    /// <summary>Time for an answer.</summary>
    public static ServiceSetting Timeout(Service service) =>
        new("request timeout", $"{service.Template.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s", "timeout");

    /// <summary>First or second generation.</summary>
    public static ServiceSetting Environment(Service service) =>
        new("execution environment", CloudRunWords.Of(service.Template.ExecutionEnvironment), "execution-environment");

    /// <summary>Shares of traffic; shown as a bar with its own words.</summary>
    public static ServiceSetting Traffic(Service service) => new("traffic", CloudRunWords.Count(service.Serving.Count, "revision"), "traffic");

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
