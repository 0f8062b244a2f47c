namespace OpsConsole.Core.Access;

/// <summary>
/// Where a role holds: everywhere, or in the named projects and workspaces and nowhere else. A project brings the workspace of its name,
/// which is where changes of its services are recorded; a workspace brings no project.
/// </summary>
/// <param name="Projects">Ids of Google Cloud projects.</param>
/// <param name="Workspaces">Workspaces of the audit trail.</param>
public sealed record AccessScope(IReadOnlyList<string> Projects, IReadOnlyList<string> Workspaces)
{
    /// <summary>No limit.</summary>
    public static AccessScope Everything { get; } = new([], []);

    /// <summary>True without a limit.</summary>
    public bool IsEverything => Projects.Count == 0 && Workspaces.Count == 0;

    /// <summary>Whether it holds in a project.</summary>
    public bool HasProject(string project) => IsEverything || Projects.Contains(project, StringComparer.Ordinal);

    /// <summary>Whether it holds for the events of a workspace.</summary>
    public bool HasWorkspace(string workspace) =>
        IsEverything || Projects.Contains(workspace, StringComparer.Ordinal) || Workspaces.Contains(workspace, StringComparer.Ordinal);

    /// <summary>For people: <c>everywhere</c>, or the names.</summary>
    public override string ToString() =>
        IsEverything ? "everywhere" : string.Join(", ", [.. Projects.Select(static p => $"project {p}"), .. Workspaces.Select(static w => $"workspace {w}")]);

    /// <summary>Same names in the same order.</summary>
    public bool Equals(AccessScope? other) =>
        other is not null && Projects.SequenceEqual(other.Projects, StringComparer.Ordinal) && Workspaces.SequenceEqual(other.Workspaces, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Projects.Count, Workspaces.Count, Projects.Count > 0 ? Projects[0] : "", Workspaces.Count > 0 ? Workspaces[0] : "");
}
