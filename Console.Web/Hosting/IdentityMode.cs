namespace OpsConsole.Web.Hosting;

/// <summary>How people are told apart. There is no other way in.</summary>
public enum IdentityMode
{
    /// <summary>Personas of the demo, on this machine alone, without a real project.</summary>
    Demo,

    /// <summary>One person on their own machine, with their own Google credentials and a token printed at the start.</summary>
    Local,

    /// <summary>Identity-Aware Proxy in front: every request carries its signed assertion.</summary>
    Iap,
}
