namespace OpsConsole.Core.CloudRun;

/// <summary>Who decides how many instances run (google.cloud.run.v2.ServiceScaling.ScalingMode).</summary>
public enum ScalingMode
{
    /// <summary>Cloud Run scales between minimum and maximum: the default.</summary>
    Automatic,

    /// <summary>Exactly <see cref="ServiceScaling.ManualInstanceCount"/> instances.</summary>
    Manual,
}
