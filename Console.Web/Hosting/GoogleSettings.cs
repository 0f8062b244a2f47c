namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Google</c>: where Google Cloud is. Tests and private endpoints change it.</summary>
public sealed class GoogleSettings
{
    /// <summary>Base address of the Cloud Run Admin API.</summary>
    public string CloudRunAddress { get; set; } = "https://run.googleapis.com/";

    /// <summary>Base address of the Cloud Logging API.</summary>
    public string LoggingAddress { get; set; } = "https://logging.googleapis.com/";

    /// <summary>Base address of the Cloud Resource Manager API, which tells what permissions are missing; empty leaves that check out.</summary>
    public string ResourceManagerAddress { get; set; } = "https://cloudresourcemanager.googleapis.com/";

    /// <summary>Tells the account behind a login, whose name stands in the records of Local mode; empty leaves that out.</summary>
    public string TokenInfoAddress { get; set; } = "https://oauth2.googleapis.com/tokeninfo";

    /// <summary><c>ApplicationDefault</c> or <c>None</c> (for an emulator).</summary>
    public string Credentials { get; set; } = "ApplicationDefault";

    /// <summary>Seconds until a call is given up.</summary>
    public int TimeoutSeconds { get; set; } = 30;
}
