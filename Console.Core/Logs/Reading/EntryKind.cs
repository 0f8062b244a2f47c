namespace OpsConsole.Core.Logs.Reading;

/// <summary>What a piece of input turned out to be.</summary>
internal enum EntryKind
{
    /// <summary>Nothing usable; a reason says why.</summary>
    Broken,

    /// <summary>A request entry.</summary>
    Request,

    /// <summary>A container or platform entry of a service.</summary>
    Line,

    /// <summary>A log entry that concerns no service's container: audit, jobs, worker pools, other products.</summary>
    Other,
}
