namespace OpsConsole.Core.Logs;

/// <summary>A row that an instance wrote or served.</summary>
internal interface IOfInstance
{
    /// <summary>Number of the instance in the table; -1 when absent.</summary>
    int Instance { get; }
}
