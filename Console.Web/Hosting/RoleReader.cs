using OpsConsole.Core.Access;

namespace OpsConsole.Web.Hosting;

/// <summary>Reads the section Roles. What is wrong with it, <see cref="IdentityRules"/> says at the start.</summary>
internal static class RoleReader
{
    /// <summary>The list of each role.</summary>
    public static IEnumerable<(Role Role, IList<string> Entries)> Lists(RoleSettings settings) =>
    [
        (Role.Viewer, settings.Viewer), (Role.Sre, settings.Sre), (Role.Approver, settings.Approver),
        (Role.Compliance, settings.Compliance), (Role.Admin, settings.Admin),
    ];

    /// <summary>All of it.</summary>
    public static RoleRules Read(RoleSettings settings) => new(
        [.. Lists(settings).SelectMany(static list => list.Entries.Select(entry => RoleAssignment.TryParse(list.Role, entry, out var read) ? read : null)).OfType<RoleAssignment>()],
        settings.Groups.Select(ReadMember).OfType<(string Name, Assignee Member)>()
            .GroupBy(static m => m.Name, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => (IReadOnlyList<Assignee>)[.. g.Select(static m => m.Member)], StringComparer.Ordinal));

    /// <summary>One entry of a list: <c>NAME=e-mail</c>; null when it is none.</summary>
    public static (string Name, Assignee Member)? ReadMember(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            && Assignee.TryParse($"group:{entry[..equals].Trim()}", out var group)
            && Assignee.TryParse(entry[(equals + 1)..], out var member) && member.Kind != AssigneeKind.Group
            ? (group.Name, member)
            : null;
    }
}
