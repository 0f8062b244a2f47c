namespace OpsConsole.Web.Hosting;

/// <summary>
/// Section <c>OpsConsole:Roles</c>: who has which role. Each entry is <c>WHO</c> or <c>WHO;project=P;workspace=W</c>, where WHO is an e-mail
/// address, <c>@domain</c> or <c>group:NAME</c>. Without project and workspace a role holds everywhere.
/// </summary>
public sealed class RoleSettings
{
    /// <summary>Viewers.</summary>
    public IList<string> Viewer { get; set; } = [];

    /// <summary>Site reliability engineers.</summary>
    public IList<string> Sre { get; set; } = [];

    /// <summary>Approvers.</summary>
    public IList<string> Approver { get; set; } = [];

    /// <summary>Compliance officers.</summary>
    public IList<string> Compliance { get; set; } = [];

    /// <summary>Administrators.</summary>
    public IList<string> Admin { get; set; } = [];

    /// <summary>Lists of people: each entry is <c>NAME=e-mail</c> or <c>NAME=@domain</c>; a name may stand in many.</summary>
    public IList<string> Groups { get; set; } = [];
}
