namespace OpsConsole.Core.Access;

/// <summary>
/// What somebody holds at this moment. An <see cref="Actor"/> keeps it, and asks it for each act: a role that was withdrawn, or a session
/// that has ended, ends what a page that is still open may do.
/// </summary>
public interface IStanding
{
    /// <summary>Roles held now and where; empty when the session is over.</summary>
    IReadOnlyList<Grant> Grants { get; }

    /// <summary>Why the session is over, a sentence for people; null while it goes on.</summary>
    string? WhyOver { get; }
}
