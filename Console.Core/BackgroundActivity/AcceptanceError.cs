using OpsConsole.Core.Access;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Why a finding was not accepted, or an acceptance not withdrawn.</summary>
/// <param name="Message">A sentence for people.</param>
public abstract record AcceptanceError(string Message)
{
    /// <summary>The actor may not.</summary>
    public sealed record NotAllowed(string ActorName)
        : AcceptanceError($"{ActorName} may not accept findings. These roles may: {string.Join(", ", Permissions.RolesWith(Permission.AcceptFindings))}.");

    /// <summary>No reason, or too long a one.</summary>
    public sealed record BadReason(int MaxLength)
        : AcceptanceError($"Give a reason, at most {MaxLength.ToString(System.Globalization.CultureInfo.InvariantCulture)} characters: it stays on the record.");

    /// <summary>Expiry in the past or more than a year away.</summary>
    public sealed record BadExpiry() : AcceptanceError("The acceptance must end in the future, and within a year.");

    /// <summary>There is nothing to withdraw.</summary>
    public sealed record NothingToWithdraw() : AcceptanceError("This finding is not accepted at the moment.");

    /// <summary>The database failed.</summary>
    public sealed record NotStored(string Detail) : AcceptanceError($"It could not be recorded: {Detail}");
}
