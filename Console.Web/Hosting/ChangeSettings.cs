namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Changes</c>: changing settings of services, worker pools and jobs.</summary>
public sealed class ChangeSettings
{
    /// <summary>Whether each change needs a reason; it stays on the record.</summary>
    public bool ReasonRequired { get; set; } = true;

    /// <summary>Minutes for which a deployment is followed before it counts as not seen to its end.</summary>
    public int LongestDeploymentMinutes { get; set; } = 15;

    /// <summary>CPUs that a project may use in a region; 0 where it is not known.</summary>
    public int RegionCpuQuota { get; set; }

    /// <summary>GiB of memory that a project may use in a region; 0 where it is not known.</summary>
    public int RegionMemoryQuota { get; set; }

    /// <summary>How many services of a bulk change are changed at the same time.</summary>
    public int BulkParallelism { get; set; } = 3;

    /// <summary>Projects in which every change takes a second person; elsewhere a label on the service decides.</summary>
    public IList<string> ApprovalProjects { get; set; } = [];

    /// <summary>Hours for which a request for approval waits.</summary>
    public int ApprovalHours { get; set; } = 24;

    /// <summary>Minutes before and after a change that its receipt compares; 0 makes no receipts.</summary>
    public int ReceiptMinutes { get; set; } = 10;
}
