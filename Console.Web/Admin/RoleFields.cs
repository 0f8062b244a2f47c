using OpsConsole.Core.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Admin;

/// <summary>What the list of roles can be filtered by, and its order.</summary>
public static class RoleFields
{
    /// <summary>By role.</summary>
    public static TableSort Usual { get; } = new("role", Descending: false);

    /// <summary>The qualifiers.</summary>
    public static FilterFields<RoleAssignment> Filter { get; } = new(
        [
            new("role", "viewer, sre, approver, compliance, admin", "role:sre", static a => [a.Role.ToString(), RoleWords.Of(a.Role)]),
            new("from", "settings, or the page", "from:page", static a => [OriginOf(a)]),
            new("scope", "part of a project's or a workspace's name", "scope:prod", static a => [a.Scope.ToString()]),
            new("by", "who gave it", "by:ada", static a => [a.MadeBy]),
        ],
        static a => [a.Assignee.ToString()]);

    /// <summary>The lines of help.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Filter.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <summary>Keys of the columns that sort.</summary>
    public static IReadOnlyList<string> SortKeys { get; } = ["who", "role", "scope", "from", "since", "by"];

    /// <summary>Where an assignment stands.</summary>
    public static string OriginOf(RoleAssignment assignment) => assignment.Id is null ? "settings" : "page";

    /// <summary>Rows that match, in order.</summary>
    public static IReadOnlyList<RoleAssignment> Apply(IEnumerable<RoleAssignment> rows, FilterQuery query, TableSort sort) =>
        [.. TableOrder.By(Filter.Where(rows, query).OrderBy(static a => a.Role).ThenBy(static a => a.Assignee.ToString(), StringComparer.Ordinal), Key(sort.Column), sort.Descending)];

    private static Func<RoleAssignment, IComparable?> Key(string column) => column switch
    {
        "who" => static a => a.Assignee.ToString(),
        "scope" => static a => a.Scope.ToString(),
        "from" => static a => OriginOf(a),
        "since" => static a => a.Id is null ? null : a.MadeAt,
        "by" => static a => a.MadeBy,
        _ => static a => (int)a.Role,
    };
}
