using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.Access;

/// <summary>A role, to whom it is given, and where it holds.</summary>
public sealed record RoleAssignment
{
    /// <summary>Id of one that was made here; null for one of the settings.</summary>
    public Guid? Id { get; init; }

    /// <summary>What.</summary>
    public required Role Role { get; init; }

    /// <summary>To whom.</summary>
    public required Assignee Assignee { get; init; }

    /// <summary>Where.</summary>
    public AccessScope Scope { get; init; } = AccessScope.Everything;

    /// <summary>Who made it; empty for one of the settings.</summary>
    public string MadeBy { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Reads an entry of the settings: <c>WHO</c>, or <c>WHO;project=P;workspace=W</c> with any number of both.</summary>
    public static bool TryParse(Role role, string text, [NotNullWhen(true)] out RoleAssignment? assignment)
    {
        assignment = null;
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        if (!Assignee.TryParse(parts[0], out var assignee))
        {
            return false;
        }

        List<string> projects = [];
        List<string> workspaces = [];
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var list = equals < 0 ? null : part[..equals] switch { "project" => projects, "workspace" => workspaces, _ => null };
            if (list is null || equals == part.Length - 1)
            {
                return false;
            }

            list.Add(part[(equals + 1)..]);
        }

        assignment = new RoleAssignment { Role = role, Assignee = assignee, Scope = new AccessScope(projects, workspaces) };
        return true;
    }
}
