using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.CloudRun;

/// <summary>
/// A resource name such as <c>projects/p/locations/europe-west1/services/checkout/revisions/checkout-00007-abc</c>.
/// Values are compared as a whole; <see cref="Id"/> is the last segment, the only part that
/// short names (as in <c>traffic[].revision</c>) carry.
/// </summary>
public sealed record ResourceName
{
    private ResourceName(string value, string[] segments)
    {
        Value = value;
        Project = segments[1];
        Location = segments[3];
        Parent = segments.Length > 6 ? segments[5] : "";
        Id = segments[^1];
        Collection = segments[^2];
        ParentCollection = segments.Length > 6 ? segments[4] : "";
    }

    /// <summary>The whole name, as the API writes it.</summary>
    public string Value { get; }

    /// <summary>Project id or number.</summary>
    public string Project { get; }

    /// <summary>Region, for example <c>europe-west1</c>.</summary>
    public string Location { get; }

    /// <summary>Id of the service, worker pool or job above; empty for top-level resources.</summary>
    public string Parent { get; }

    /// <summary>Last segment: the short name.</summary>
    public string Id { get; }

    /// <summary><c>services</c>, <c>revisions</c>, <c>jobs</c>, <c>executions</c>, <c>workerPools</c>, …</summary>
    public string Collection { get; }

    /// <summary>Collection of <see cref="Parent"/>; empty for top-level resources.</summary>
    public string ParentCollection { get; }

    /// <summary>Name of a service.</summary>
    public static ResourceName Service(string project, string location, string id) =>
        Parse($"projects/{project}/locations/{location}/services/{id}");

    /// <summary>Parses a full name.</summary>
    /// <exception cref="FormatException">Not a name with project, location and at least one collection.</exception>
    public static ResourceName Parse(string value) =>
        TryParse(value, out var name) ? name : throw new FormatException($"'{value}' is not a Cloud Run resource name; expected projects/P/locations/L/….");

    /// <summary>Parses a full name; false when it is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out ResourceName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        var segments = value.Split('/');
        if (segments.Length < 6 || segments.Length % 2 != 0
            || segments[0] != "projects" || segments[2] != "locations"
            || Array.Exists(segments, static s => s is "" or "." or ".."))
        {
            return false;
        }

        name = new ResourceName(value, segments);
        return true;
    }

    /// <summary>Last path segment of a full or short name.</summary>
    public static string ShortName(string value) => value[(value.LastIndexOf('/') + 1)..];

    /// <inheritdoc />
    public override string ToString() => Value;
}
