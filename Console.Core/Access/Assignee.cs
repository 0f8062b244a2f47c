using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace OpsConsole.Core.Access;

/// <summary>To whom a role is given. As text: <c>ann@acme.example</c>, <c>@acme.example</c> for a domain, <c>group:on-call</c> for a list of the settings.</summary>
/// <param name="Kind">What <paramref name="Name"/> is.</param>
/// <param name="Name">Address, domain or name of the list; in lower case.</param>
public sealed partial record Assignee(AssigneeKind Kind, string Name)
{
    private const string GroupPrefix = "group:";

    /// <summary>What is expected, for messages.</summary>
    public const string Forms = "an e-mail address, @ and a domain, or group: and the name of a list under Roles:Groups";

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Assignee? assignee)
    {
        var name = (text ?? "").Trim().ToLowerInvariant();
        assignee = name.StartsWith(GroupPrefix, StringComparison.Ordinal)
            ? GroupName().IsMatch(name[GroupPrefix.Length..]) ? new Assignee(AssigneeKind.Group, name[GroupPrefix.Length..]) : null
            : name is ['@', ..] ? DomainName().IsMatch(name[1..]) ? new Assignee(AssigneeKind.Domain, name[1..]) : null
            : EmailAddress().IsMatch(name) && name.Length <= 320 ? new Assignee(AssigneeKind.Email, name)
            : null;
        return assignee is not null;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => Kind switch
    {
        AssigneeKind.Domain => $"@{Name}",
        AssigneeKind.Group => GroupPrefix + Name,
        _ => Name,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GroupName();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DomainName();

    [GeneratedRegex(@"^[^\s@,;""<>]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailAddress();
}
