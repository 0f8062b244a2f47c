using System.Globalization;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>A minimum is not above the maximum of its level, and no count is negative. https://cloud.google.com/run/docs/configuring/max-instances.</summary>
internal sealed class InstanceCountRule : IRule
{
    public Violation? Find(ServiceDocument document, Func<string, bool> changed)
    {
        if (document.ManualCount < 0)
        {
            return new Violation("scaling.manualInstanceCount", "The number of instances must not be negative.", new ScaleManually(0));
        }

        if (document.ServiceMinimum < 0)
        {
            return new Violation("scaling.minInstanceCount", "The minimum must not be negative.", new SetInstanceLimits(0, null));
        }

        if (document.ServiceMaximum < 0)
        {
            return new Violation("scaling.maxInstanceCount", "The maximum must not be negative; 0 means none.", new SetInstanceLimits(null, 0));
        }

        if (document.RevisionMinimum < 0)
        {
            return new Violation("template.scaling.minInstanceCount", "The minimum must not be negative.", new SetRevisionLimits(0, null));
        }

        if (document.ServiceMaximum > 0 && document.ServiceMinimum > document.ServiceMaximum)
        {
            return changed("scaling.maxInstanceCount") && !changed("scaling.minInstanceCount")
                ? new Violation(
                    "scaling.maxInstanceCount",
                    string.Create(CultureInfo.InvariantCulture, $"The maximum must not be below the service's minimum of {document.ServiceMinimum}."),
                    new SetInstanceLimits(null, document.ServiceMinimum))
                : new Violation(
                    "scaling.minInstanceCount",
                    string.Create(CultureInfo.InvariantCulture, $"The minimum must not be above the service's maximum of {document.ServiceMaximum}."),
                    new SetInstanceLimits(document.ServiceMaximum, null));
        }

        return document.RevisionMinimum <= document.RevisionMaximum ? null
            : changed("template.scaling.maxInstanceCount") && !changed("template.scaling.minInstanceCount")
            ? new Violation(
                "template.scaling.maxInstanceCount",
                string.Create(CultureInfo.InvariantCulture, $"The maximum must not be below the revision's minimum of {document.RevisionMinimum}."),
                new SetRevisionLimits(null, document.RevisionMinimum))
            : new Violation(
                "template.scaling.minInstanceCount",
                string.Create(CultureInfo.InvariantCulture, $"The minimum must not be above the revision's maximum of {document.RevisionMaximum}."),
                new SetRevisionLimits(document.RevisionMaximum, null));
    }
}
