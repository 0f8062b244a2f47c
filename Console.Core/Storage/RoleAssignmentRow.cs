namespace OpsConsole.Core.Storage;

/// <summary>A role that was given on the console's page. Withdrawn ones stay. Times are milliseconds since 1970 in UTC.</summary>
public sealed class RoleAssignmentRow
{
    public Guid Id { get; set; }

    /// <summary>Name of the role.</summary>
    public required string Role { get; set; }

    /// <summary>To whom, in its text form.</summary>
    public required string Assignee { get; set; }

    /// <summary>Projects, one a line; empty for no limit.</summary>
    public required string Projects { get; set; }

    /// <summary>Workspaces, one a line; empty for no limit.</summary>
    public required string Workspaces { get; set; }

    public required string MadeBy { get; set; }

    public long MadeAt { get; set; }

    public long? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}
