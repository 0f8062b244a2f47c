namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Limits</c>: what one caller may ask for.</summary>
public sealed class LimitSettings
{
    /// <summary>Requests a minute of one signed-in person (pages, files, downloads; what happens within an open page is no request).</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Requests a minute of one address that is not signed in.</summary>
    public int AnonymousRequestsPerMinute { get; set; } = 300;

    /// <summary>Open pages of one person at a time.</summary>
    public int CircuitsPerPerson { get; set; } = 40;
}
