using OpsConsole.Core.Access;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>Whoever started the console on their own machine: the account of Application Default Credentials, else the user of the system.</summary>
internal sealed class LocalPerson(IOwnPrincipal principal, ConsoleSettings settings)
{
    private string? _account;

    /// <summary>Who that is. Asked of Google until it has answered once.</summary>
    public async Task<Actor> GetAsync(CancellationToken cancellationToken)
    {
        _account ??= await principal.FindAsync(cancellationToken);
        var id = _account ?? Environment.UserName;
        return new Actor(id, id, [.. settings.Identity.Local.Roles.Select(static r => Enum.Parse<Role>(r, ignoreCase: true)).Distinct()]);
    }
}
