namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Changes</c>: changing settings of services, worker pools and jobs.</summary>
public sealed class ChangeSettings
{
    /// <summary>Whether each change needs a reason; it stays on the record.</summary>
    public bool ReasonRequired { get; set; } = true;

    /// <summary>Minutes for which a deployment is followed before it counts as not seen to its end.</summary>
    public int LongestDeploymentMinutes { get; set; } = 15;
}
