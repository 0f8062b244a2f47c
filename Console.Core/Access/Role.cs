namespace OpsConsole.Core.Access;

/// <summary>What a person is here to do. A person may have several.</summary>
public enum Role
{
    /// <summary>Sees services, revisions and background activity.</summary>
    Viewer,

    /// <summary>Site reliability engineer: changes settings.</summary>
    Sre,

    /// <summary>Approves changes that others ask for; does not make them.</summary>
    Approver,

    /// <summary>Compliance officer: browses, verifies and exports audit trails.</summary>
    Compliance,

    /// <summary>Gives roles and tokens and changes the console's own settings; does not change services.</summary>
    Admin,
}
