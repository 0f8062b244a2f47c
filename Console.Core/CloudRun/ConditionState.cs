namespace OpsConsole.Core.CloudRun;

/// <summary>State of a <see cref="Condition"/> (google.cloud.run.v2.Condition.State).</summary>
public enum ConditionState
{
    /// <summary>Absent, or a value that this version does not know.</summary>
    Unspecified,

    /// <summary>Transient: waiting for something else.</summary>
    Pending,

    /// <summary>Transient: being worked on.</summary>
    Reconciling,

    /// <summary>Terminal: did not succeed.</summary>
    Failed,

    /// <summary>Terminal: succeeded.</summary>
    Succeeded,
}
