namespace OpsConsole.Core.CloudRun;

/// <summary>Where a service stands, in the words the screens use.</summary>
public enum ServiceState
{
    /// <summary>No condition that says.</summary>
    Unknown,

    /// <summary>The last deployment succeeded.</summary>
    Ready,

    /// <summary>A deployment is under way.</summary>
    Deploying,

    /// <summary>The last deployment failed; an older revision may still serve.</summary>
    Failed,

    /// <summary>Manual scaling with a count of 0: callers get 503 although Cloud Run says Ready.</summary>
    Disabled,
}
