using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Who serves: the targets that were asked for, and the statuses that say what is so.</summary>
internal static class Split
{
    /// <summary>The statuses for the targets. A LATEST target's status names no revision: it is resolved by latestReadyRevision.</summary>
    public static JsonArray? Statuses(JsonObject parent, ParentKind kind)
    {
        var statuses = new JsonArray();
        foreach (var target in parent.Children(kind.SplitKey))
        {
            var status = target.Copy();
            if (target.Text("tag") is { Length: > 0 } tag)
            {
                status["uri"] = Addresses.OfTag(tag, parent.Text("uri"));
            }

            statuses.Add(status);
        }

        return statuses.Count == 0 ? null : statuses;
    }

    /// <summary>The percentage of a revision (short name) as things are, and whether a tag points at it.</summary>
    public static (int Percent, bool Tagged) ShareOf(JsonObject parent, ParentKind kind, string revision)
    {
        var latest = ResourceName.Short(parent.Text("latestReadyRevision"));
        var (percent, tagged) = (0, false);
        foreach (var status in parent.Children(kind.StatusKey))
        {
            if ((status.Text("type") == kind.Latest ? latest : status.Text("revision")) == revision)
            {
                percent += status.Number("percent");
                tagged |= status["tag"] is not null;
            }
        }

        return (percent, tagged);
    }
}
