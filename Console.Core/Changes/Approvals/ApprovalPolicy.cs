using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>Which services take a second person before they are changed; section <c>OpsConsole:Changes</c>.</summary>
/// <param name="Projects">Projects whose services all do.</param>
/// <param name="ExpiresAfter">How long a request waits.</param>
public sealed record ApprovalPolicy(IReadOnlyList<string> Projects, TimeSpan ExpiresAfter)
{
    /// <summary>The label of a service that takes a second person.</summary>
    public const string Label = "opsconsole-approval";

    /// <summary>The label's value.</summary>
    public const string Required = "required";

    /// <summary>Only where a label says so; requests wait for a day.</summary>
    public static ApprovalPolicy Default { get; } = new([], TimeSpan.FromHours(24));

    /// <summary>Why changing a resource takes a second person, in a sentence; null where it does not.</summary>
    /// <param name="resource">A service or worker pool.</param>
    /// <param name="rawJson">The resource as it is now.</param>
    public string? WhyNeeded(ResourceName resource, string rawJson)
    {
        if (Projects.Contains(resource.Project, StringComparer.Ordinal))
        {
            return $"Changes in the project {resource.Project} take a second person.";
        }

        // What cannot be read may have the label.
        return ServiceDocument.Parse(rawJson) is not { } document ? $"{resource.Id} could not be read, so that a second person is needed."
            : string.Equals(ServiceDocument.Text(document.Root["labels"], Label), Required, StringComparison.OrdinalIgnoreCase)
                ? $"{resource.Id} has the label {Label}={Required}: a change takes a second person."
            : null;
    }
}
