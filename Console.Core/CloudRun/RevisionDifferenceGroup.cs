namespace OpsConsole.Core.CloudRun;

/// <summary>Headings of a comparison, in the order in which they are shown.</summary>
public enum RevisionDifferenceGroup
{
    /// <summary>Minimum, maximum, concurrency, timeout.</summary>
    Scaling,

    /// <summary>CPU, memory, billing, boost, execution environment.</summary>
    Resources,

    /// <summary>Image, command, arguments, ports, probes.</summary>
    Containers,

    /// <summary>Environment variables and secrets.</summary>
    Variables,

    /// <summary>Network, volumes, identity.</summary>
    NetworkAndIdentity,

    /// <summary>Labels and annotations.</summary>
    Labels,

    /// <summary>Fields that this version does not know.</summary>
    Other,
}
