namespace OpsConsole.Core.Consoles;

/// <summary>What a console tells the others that it has changed in the database.</summary>
public enum NewsTopic
{
    /// <summary>Who holds which role.</summary>
    Roles,

    /// <summary>Tokens of the HTTP API.</summary>
    Tokens,

    /// <summary>Sessions that were ended.</summary>
    Sessions,
}
