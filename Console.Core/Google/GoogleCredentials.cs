namespace OpsConsole.Core.Google;

/// <summary>How calls are signed.</summary>
public enum GoogleCredentials
{
    /// <summary>
    /// Application Default Credentials: GOOGLE_APPLICATION_CREDENTIALS, then <c>gcloud auth application-default login</c>,
    /// then the metadata server. See https://cloud.google.com/docs/authentication/application-default-credentials.
    /// </summary>
    ApplicationDefault,

    /// <summary>No credentials: only for an address on the machine itself.</summary>
    None,
}
