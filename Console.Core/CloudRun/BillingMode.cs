namespace OpsConsole.Core.CloudRun;

/// <summary>
/// How CPU is allocated and billed. Google's current words; the older ones are
/// "CPU only allocated during request processing" and "CPU always allocated".
/// See https://cloud.google.com/run/docs/configuring/billing-settings.
/// </summary>
public enum BillingMode
{
    /// <summary>CPU stops when the last response of an instance is complete (<c>cpuIdle: true</c>).</summary>
    RequestBased,

    /// <summary>CPU stays for the whole life of the instance (<c>cpuIdle</c> absent or false).</summary>
    InstanceBased,
}
