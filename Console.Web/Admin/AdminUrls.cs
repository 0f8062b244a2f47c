namespace OpsConsole.Web;

/// <summary>Addresses of the administrators' pages.</summary>
public static partial class Urls
{
    /// <summary>Who has which role.</summary>
    public const string AdminRoles = "/admin/roles";

    /// <summary>Tokens of the HTTP API.</summary>
    public const string AdminTokens = "/admin/tokens";

    /// <summary>Settings in effect.</summary>
    public const string AdminSettings = "/admin/settings";

    /// <summary>How the console is.</summary>
    public const string AdminDiagnostics = "/admin/diagnostics";
}
