namespace OpsConsole.Core.Access;

/// <summary>The standing of somebody who signed in: roles of the book and of the sign-in, until the session ends.</summary>
/// <param name="person">Who.</param>
/// <param name="own">Roles that the way of signing in brings: a persona's, or those of one's own machine.</param>
/// <param name="session">Id of the sign-in.</param>
/// <param name="endsAt">When the session ends.</param>
/// <param name="book">Roles.</param>
/// <param name="sessions">Sessions that were ended.</param>
/// <param name="time">Clock.</param>
public sealed class LiveStanding(
    Person person, IReadOnlyList<Role> own, string session, DateTimeOffset endsAt, RoleBook book, Sessions sessions, TimeProvider time) : IStanding
{
    /// <summary>When the session ends by itself.</summary>
    public DateTimeOffset EndsAt => endsAt;

    /// <inheritdoc />
    public IReadOnlyList<Grant> Grants => WhyOver is not null ? [] :
        [.. own.Select(static role => new Grant(role, AccessScope.Everything)).Concat(book.GrantsOf(person)).Distinct()];

    /// <inheritdoc />
    public string? WhyOver =>
        sessions.IsEnded(session, person.Email) ? "You signed out, here or in another tab."
        : time.GetUtcNow() >= endsAt ? "Your session has ended."
        : null;
}
