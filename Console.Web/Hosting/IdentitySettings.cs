namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Identity</c>: who may come in, and how they are told apart.</summary>
public sealed class IdentitySettings
{
    /// <summary><c>Iap</c>, <c>Local</c>, <c>Demo</c>; empty: Local with real projects, else Demo.</summary>
    public string Mode { get; set; } = "";

    /// <summary>Minutes after which a session ends: after the sign-in, or after the expiry of the assertion that a page was opened with.</summary>
    public int SessionMinutes { get; set; } = 480;

    /// <summary>Section <c>Iap</c>.</summary>
    public IapSettings Iap { get; set; } = new();

    /// <summary>Section <c>Local</c>.</summary>
    public LocalSettings Local { get; set; } = new();
}
