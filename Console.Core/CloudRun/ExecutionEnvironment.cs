namespace OpsConsole.Core.CloudRun;

/// <summary>The sandbox of an instance (google.cloud.run.v2.ExecutionEnvironment).</summary>
public enum ExecutionEnvironment
{
    /// <summary>Google chooses.</summary>
    Unspecified,

    /// <summary>First generation.</summary>
    Gen1,

    /// <summary>Second generation.</summary>
    Gen2,
}
