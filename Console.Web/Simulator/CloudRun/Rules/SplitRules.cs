using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>Traffic: percentages add up to 100, targets exist, tags are unique. The wordings are UNCONFIRMED.</summary>
internal static class SplitRules
{
    public static ApiError? Check(JsonObject parent, ParentKind kind, IReadOnlySet<string> revisions)
    {
        var targets = parent.Children(kind.SplitKey).ToList();
        if (targets.Count == 0)
        {
            return null;
        }

        var tags = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            var (type, revision, tag) = (target.Text("type"), target.Text("revision"), target.Text("tag"));
            if (type.Length == 0)
            {
                return ApiError.InvalidArgument($"{kind.SplitKey}.type: A target must say whether it is the latest revision or a named one.");
            }

            if (type == kind.Latest && revision.Length > 0)
            {
                return ApiError.InvalidArgument($"{kind.SplitKey}.revision: A target of the latest revision must not name one.");
            }

            // The short name. A full one is not accepted: it names no revision of the service.
            if (type == kind.ByRevision && !revisions.Contains(revision))
            {
                return ApiError.InvalidArgument($"{kind.SplitKey}.revision: Revision '{revision}' does not exist.");
            }

            if (tag.Length > 0 && !tags.Add(tag))
            {
                return ApiError.InvalidArgument($"{kind.SplitKey}.tag: Tag '{tag}' is used more than once.");
            }

            if (target.Number("percent") is < 0 or > 100)
            {
                return ApiError.InvalidArgument($"{kind.SplitKey}.percent: The value must be between 0 and 100.");
            }
        }

        var sum = targets.Sum(static t => t.Number("percent"));
        return sum == 100 ? null : ApiError.InvalidArgument($"{kind.SplitKey}: Percentages must sum to 100, but sum to {sum}.");
    }
}
