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

    /// <summary>Open pages of everybody at a time, at this console.</summary>
    public int Circuits { get; set; } = 500;

    /// <summary>Searches of events, events opened and windows of past logs of one person in a minute, in open pages too.</summary>
    public int SearchesPerMinute { get; set; } = 300;

    /// <summary>Verifications that one person begins in an hour.</summary>
    public int VerificationsPerHour { get; set; } = 60;

    /// <summary>Exports that one person begins in an hour.</summary>
    public int ExportsPerHour { get; set; } = 120;

    /// <summary>Pages whose connection broke that are kept for their return, all together; each is as large as an open one.</summary>
    public int DisconnectedPages { get; set; } = 100;

    /// <summary>Seconds for which such a page is kept.</summary>
    public int DisconnectedSeconds { get; set; } = 180;
}
