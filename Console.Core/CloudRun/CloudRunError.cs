namespace OpsConsole.Core.CloudRun;

/// <summary>The expected failures of reading and writing Cloud Run and reading Cloud Logging. Each message says what happened and what one can do.</summary>
/// <param name="Message">A sentence for people.</param>
public abstract record CloudRunError(string Message)
{
    /// <summary>HTTP 403: a permission is missing.</summary>
    /// <param name="Permission">For example <c>run.services.list</c>; empty when Google did not name it.</param>
    /// <param name="Resource">On which resource.</param>
    /// <param name="GoogleMessage">Google's own words.</param>
    public sealed record PermissionDenied(string Permission, string Resource, string GoogleMessage)
        : CloudRunError(Permission.Length > 0
            ? $"The permission {Permission} is missing on {Resource}. Ask an administrator of the project for a role that has it (roles/run.viewer for reading, roles/run.developer for changes)."
            : $"Google refused access to {Resource}: {GoogleMessage}");

    /// <summary>HTTP 401, or no Application Default Credentials.</summary>
    public sealed record NotAuthenticated(string Detail)
        : CloudRunError($"There are no valid Google credentials. Run: gcloud auth application-default login. {Detail}".TrimEnd());

    /// <summary>None of the viewer's roles holds in the project. Nothing was asked of Google.</summary>
    public sealed record NotYours(string Project)
        : CloudRunError($"None of your roles holds in the project {Project}. Ask an administrator of this console.");

    /// <summary>HTTP 404: the resource does not exist (any more).</summary>
    public sealed record NotFound(string Resource) : CloudRunError($"{Resource} does not exist, or was deleted.");

    /// <summary>HTTP 429: out of quota.</summary>
    /// <param name="What">Which quota.</param>
    /// <param name="RetryAfter">How long to wait, when Google said so.</param>
    public sealed record QuotaExceeded(string What, TimeSpan? RetryAfter)
        : CloudRunError($"The quota of {What} is used up. It refills every minute; the console tries again by itself.");

    /// <summary>5xx, a time-out, a broken connection, a region that is down.</summary>
    public sealed record Unavailable(string What, string Detail)
        : CloudRunError($"{What} could not be reached: {Detail} Try again in a moment.");

    /// <summary>HTTP 403: whoever writes a service must be allowed to act as the account that it runs as.</summary>
    /// <param name="Account">The service account.</param>
    /// <param name="GoogleMessage">Google's own words.</param>
    public sealed record ActAsDenied(string Account, string GoogleMessage)
        : CloudRunError($"The permission iam.serviceAccounts.actAs is missing on {Account}. Grant the console's service account the role roles/iam.serviceAccountUser on it.");

    /// <summary>HTTP 409 ABORTED: the resource was written since it was read.</summary>
    public sealed record Conflict(string GoogleMessage) : CloudRunError($"The resource was changed meanwhile: {GoogleMessage}");

    /// <summary>HTTP 409 ALREADY_EXISTS: for a write of a template, a revision of the wanted name exists.</summary>
    public sealed record AlreadyExists(string GoogleMessage) : CloudRunError(GoogleMessage);

    /// <summary>The API refused the request as wrong (400); shown as it came.</summary>
    public sealed record Rejected(string GoogleMessage) : CloudRunError(GoogleMessage)
    {
        /// <summary>The field that <c>google.rpc.BadRequest</c> names beside the words; empty where it names none.</summary>
        public string Field { get; init; } = "";
    }

    /// <summary>An answer that is not what the API promises (HTML, broken JSON).</summary>
    public sealed record BadAnswer(string What, string Detail)
        : CloudRunError($"{What} answered with something that is not JSON as documented: {Detail}");
}
