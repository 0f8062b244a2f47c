using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Admin;

/// <summary>What the list of tokens can be filtered by, and its order.</summary>
public static class TokenFields
{
    /// <summary>Newest first.</summary>
    public static TableSort Usual { get; } = new("made", Descending: true);

    /// <summary>The qualifiers, at a time.</summary>
    public static FilterFields<ApiToken> Filter(DateTimeOffset now) => new(
        [
            new("state", "in use, expired, revoked", "state:\"in use\"", token => [StateOf(token, now)]),
            new("workspace", "part of the workspace's name", "workspace:billing", static token => [token.Workspace]),
            new("for", "sends events, reads the log", "for:reads", static token => [ScopeOf(token.Scope)]),
            new("by", "who made it", "by:ada", static token => [token.MadeBy]),
        ],
        static token => [token.Name]);

    /// <summary>Keys of the columns that sort.</summary>
    public static IReadOnlyList<string> SortKeys { get; } = ["name", "state", "for", "workspace", "made", "by", "expires", "used"];

    /// <summary>In words.</summary>
    public static string StateOf(ApiToken token, DateTimeOffset now) => token.RevokedAt is not null ? "revoked" : token.IsGoodAt(now) ? "in use" : "expired";

    /// <summary>In words.</summary>
    public static string ScopeOf(ApiScope scope) => scope == ApiScope.AppendEvents ? "sends events" : "reads the log";

    /// <summary>Rows that match, in order.</summary>
    public static IReadOnlyList<ApiToken> Apply(IEnumerable<ApiToken> rows, FilterQuery query, TableSort sort, DateTimeOffset now) =>
        [.. TableOrder.By(Filter(now).Where(rows, query), Key(sort.Column, now), sort.Descending)];

    private static Func<ApiToken, IComparable?> Key(string column, DateTimeOffset now) => column switch
    {
        "name" => static t => t.Name,
        "state" => t => StateOf(t, now),
        "for" => static t => ScopeOf(t.Scope),
        "workspace" => static t => t.Workspace,
        "by" => static t => t.MadeBy,
        "expires" => static t => t.ExpiresAt,
        "used" => static t => t.LastUsedAt,
        _ => static t => t.MadeAt,
    };
}
