using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Tokens;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Who reads the log as tiles: a person, or a program with a token.</summary>
/// <param name="Key">Tells readers apart.</param>
/// <param name="Person">The person; null for a program.</param>
/// <param name="Token">The program's token; null for a person.</param>
public sealed record LogReader(string Key, Actor? Person, ApiToken? Token)
{
    /// <summary>A person.</summary>
    public static LogReader Of(Actor person) => new($"person {person.Id} {person.Origin.Session}", person, null);

    /// <summary>A program.</summary>
    public static LogReader Of(ApiToken token) => new($"token {token.Id}", null, token);
}
