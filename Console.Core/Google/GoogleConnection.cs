namespace OpsConsole.Core.Google;

/// <summary>
/// Where Google Cloud is, and how to get in. Demo and real mode differ by the addresses and <see cref="Credentials"/> alone.
/// Settings section <c>OpsConsole:Google</c>.
/// </summary>
public sealed class GoogleConnection
{
    /// <summary>Project ids, in the order in which screens show them.</summary>
    public IReadOnlyList<string> Projects { get; set; } = [];

    /// <summary>Cloud Run Admin API.</summary>
    public Uri CloudRunBaseAddress { get; set; } = new("https://run.googleapis.com/");

    /// <summary>Cloud Logging API.</summary>
    public Uri LoggingBaseAddress { get; set; } = new("https://logging.googleapis.com/");

    /// <summary>Cloud Resource Manager API, which tells what permissions are missing; null leaves that check out.</summary>
    public Uri? ResourceManagerBaseAddress { get; set; } = new("https://cloudresourcemanager.googleapis.com/");

    /// <summary>Tells the account behind an access token; null leaves that out.</summary>
    public Uri? TokenInfoAddress { get; set; }

    /// <summary>How calls are signed.</summary>
    public GoogleCredentials Credentials { get; set; }

    /// <summary>Time for one attempt, from connecting to the last byte.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time for one call of Cloud Run with all its attempts and the waits between them.</summary>
    public TimeSpan OverallTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>First wait before a read is tried again; it doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How many regions are read at the same time.</summary>
    public int Parallelism { get; set; } = 8;

    /// <summary>Calls of entries:list a minute and project, of this process; Google's own limit is 60 and cannot be raised.</summary>
    public int LogReadsPerMinute { get; set; } = 60;

    /// <summary>Read only these regions, instead of all that v1 <c>locations</c> lists. Empty reads all.</summary>
    public IReadOnlyList<string> Regions { get; set; } = [];

    /// <summary>What is wrong with these settings: each line names the key, the value and the legal values. Empty when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        CheckAddress(nameof(CloudRunBaseAddress), CloudRunBaseAddress);
        CheckAddress(nameof(LoggingBaseAddress), LoggingBaseAddress);
        CheckAddress(nameof(ResourceManagerBaseAddress), ResourceManagerBaseAddress);
        CheckPositive(nameof(Timeout), Timeout);
        CheckPositive(nameof(OverallTimeout), OverallTimeout);
        if (RetryDelay < TimeSpan.Zero || RetryDelay > TimeSpan.FromMinutes(1))
        {
            problems.Add($"OpsConsole:Google:{nameof(RetryDelay)} is {RetryDelay}; legal are 0 to 00:01:00.");
        }

        if (Parallelism is < 1 or > 64)
        {
            problems.Add($"OpsConsole:Google:{nameof(Parallelism)} is {Parallelism}; legal are 1 to 64.");
        }

        if (LogReadsPerMinute is < 1 or > 60)
        {
            problems.Add($"OpsConsole:Google:{nameof(LogReadsPerMinute)} is {LogReadsPerMinute}; legal are 1 to 60.");
        }

        problems.AddRange(Projects
            .Where(static p => !IsSegment(p))
            .Select(static p => $"OpsConsole:Google:{nameof(Projects)} has '{p}'; legal is a project id or number, for example my-project."));
        problems.AddRange(Regions
            .Where(static r => !IsSegment(r))
            .Select(static r => $"OpsConsole:Google:{nameof(Regions)} has '{r}'; legal is a region id, for example europe-west1."));
        return problems;

        void CheckAddress(string key, Uri? address)
        {
            // Credentials must not travel in the clear: http is for this machine only.
            if (address is not null
                && (!address.IsAbsoluteUri || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
            {
                problems.Add($"OpsConsole:Google:{key} is '{address}'; legal is an https address, or an http address of this machine.");
            }
        }

        void CheckPositive(string key, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(10))
            {
                problems.Add($"OpsConsole:Google:{key} is {value}; legal are more than 0 to 00:10:00.");
            }
        }
    }

    /// <summary>Domain-scoped ids look like <c>example.com:my-project</c>.</summary>
    private static bool IsSegment(string value) =>
        value.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(value[0]) && value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':' or '_');
}
