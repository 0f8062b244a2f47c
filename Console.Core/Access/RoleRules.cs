namespace OpsConsole.Core.Access;

/// <summary>Roles and lists of people that the settings give. They change with the settings alone.</summary>
/// <param name="Assignments">Roles.</param>
/// <param name="Groups">Members of each list, by its name in lower case: e-mail addresses and domains.</param>
public sealed record RoleRules(IReadOnlyList<RoleAssignment> Assignments, IReadOnlyDictionary<string, IReadOnlyList<Assignee>> Groups)
{
    /// <summary>None.</summary>
    public static RoleRules None { get; } = new([], new Dictionary<string, IReadOnlyList<Assignee>>(StringComparer.Ordinal));

    /// <summary>Whether somebody is meant.</summary>
    public bool Matches(Assignee assignee, Person person) => assignee.Kind switch
    {
        AssigneeKind.Email => string.Equals(assignee.Name, person.Email, StringComparison.Ordinal),
        AssigneeKind.Domain => string.Equals(assignee.Name, person.Domain, StringComparison.Ordinal),
        _ => Groups.TryGetValue(assignee.Name, out var members) && members.Any(m => m.Kind != AssigneeKind.Group && Matches(m, person)),
    };
}
