namespace OpsConsole.Core.Access;

/// <summary>Somebody as roles are given to them.</summary>
/// <param name="Email">In lower case.</param>
public sealed record Person(string Email)
{
    /// <summary>What follows the last <c>@</c>; empty where there is none.</summary>
    public string Domain => Email.LastIndexOf('@') is >= 0 and var at ? Email[(at + 1)..] : "";

    /// <summary>From an address as it came.</summary>
    public static Person Of(string email) => new(email.Trim().ToLowerInvariant());
}
