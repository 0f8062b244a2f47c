namespace OpsConsole.Core.BackgroundActivity;

/// <summary>What the logs and the settings say of a revision.</summary>
public enum Verdict : byte
{
    /// <summary><c>quiet</c>: no background activity seen.</summary>
    Quiet,

    /// <summary><c>at risk</c>: background activity, and CPU only during requests.</summary>
    AtRisk,

    /// <summary><c>has CPU</c>: background activity, and CPU always allocated.</summary>
    HasCpu,

    /// <summary><c>cannot tell</c>: the reason is given.</summary>
    CannotTell,
}
