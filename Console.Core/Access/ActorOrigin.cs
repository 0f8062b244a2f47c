namespace OpsConsole.Core.Access;

/// <summary>From where somebody acts, as far as it is known; for the record, not for decisions.</summary>
/// <param name="Session">Id of the sign-in.</param>
/// <param name="Ip">Address that the connection came from.</param>
/// <param name="UserAgent">What the browser calls itself.</param>
public sealed record ActorOrigin(string? Session, string? Ip, string? UserAgent)
{
    /// <summary>Nothing is known: the command line, a test.</summary>
    public static ActorOrigin None { get; } = new(null, null, null);
}
