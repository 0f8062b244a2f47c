namespace OpsConsole.Core.Changes.Costs;

/// <summary>Which way the bill goes.</summary>
public enum CostDirection
{
    /// <summary>It depends on what is not known here.</summary>
    Unknown,

    /// <summary>No effect by itself.</summary>
    Same,

    /// <summary>More.</summary>
    Up,

    /// <summary>Less.</summary>
    Down,
}
