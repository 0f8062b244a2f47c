namespace OpsConsole.Core.Access;

/// <summary>Tells whose credentials the console uses.</summary>
public interface IOwnPrincipal
{
    /// <summary>E-mail address of the account that Application Default Credentials stand for; null where it cannot be told.</summary>
    Task<string?> FindAsync(CancellationToken cancellationToken);
}
