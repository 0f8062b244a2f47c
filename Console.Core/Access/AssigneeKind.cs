namespace OpsConsole.Core.Access;

/// <summary>To whom a role is given.</summary>
public enum AssigneeKind
{
    /// <summary>One person, by e-mail address.</summary>
    Email,

    /// <summary>Everybody with an address of a domain.</summary>
    Domain,

    /// <summary>Everybody on a list of the settings.</summary>
    Group,
}
