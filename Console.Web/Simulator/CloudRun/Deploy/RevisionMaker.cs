using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Makes revisions out of templates, and brings them to their end.</summary>
internal static class RevisionMaker
{
    /// <summary>The name that the server gives: service, generation, three letters.</summary>
    public static string NewName(string parent, long generation, Ids ids) =>
        string.Create(CultureInfo.InvariantCulture, $"{ResourceName.Short(parent)}-{generation:D5}-{ids.Suffix()}");

    public static JsonObject Create(JsonObject parent, string shortName, string project, Caller caller, DateTimeOffset now, Ids ids)
    {
        var parentName = parent.Text("name");
        var name = $"{parentName}/revisions/{shortName}";
        var revision = parent.Child("template").Copy();
        revision.Remove("revision");
        revision.Remove("healthCheckDisabled");
        revision["name"] = name;
        revision["uid"] = ids.Uuid();
        revision["generation"] = "1";
        revision["createTime"] = WireTime.Timestamp(now);
        revision["updateTime"] = WireTime.Timestamp(now);
        revision["launchStage"] = parent["launchStage"]?.DeepClone();

        // "Name of the parent service"; what it holds for a worker pool is UNCONFIRMED: clients take the parent from the name.
        revision["service"] = ResourceName.Short(parentName);
        revision["reconciling"] = true;
        revision["conditions"] = new JsonArray(
            Conditions.Reconciling("Ready", now, "Deploying Revision."),
            Conditions.Reconciling("ContainerReady", now),
            Conditions.Pending("ContainerHealthy", now),
            Conditions.Pending("ResourcesAvailable", now));
        revision["logUri"] = Addresses.LogsOf(project, name);
        revision["creator"] = caller.Email;
        revision["etag"] = Etag.Of(name, now);
        return MessageReader.Canonical(revision, "Revision");
    }

    public static JsonObject Ready(JsonObject revision, DateTimeOffset now)
    {
        var ready = Ended(revision);
        _ = WireTime.TryTimestamp(revision.Text("createTime"), out var created);
        var seconds = (now - created).TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
        ready["conditions"] = new JsonArray(
            Conditions.Succeeded("Ready", now, $"Deploying revision succeeded in {seconds}s."),
            Conditions.Succeeded("ContainerReady", now, $"Container image import completed in {seconds}s."),
            Conditions.Succeeded("ContainerHealthy", now, $"Containers became healthy in {seconds}s."),
            Conditions.Succeeded("ResourcesAvailable", now, "Provisioning imported containers completed."));
        return MessageReader.Canonical(ready, "Revision");
    }

    public static JsonObject Failed(JsonObject revision, DateTimeOffset now, RevisionFailure failure)
    {
        var failed = Ended(revision);
        var message = $"{failure.Message}\n\nLogs URL: {revision.Text("logUri")}";
        failed["conditions"] = new JsonArray(
            Conditions.Failed("Ready", now, message, "revisionReason", failure.Reason),
            Conditions.Succeeded("ContainerReady", now, "Container image import completed."),
            Conditions.Failed("ContainerHealthy", now, message, "revisionReason", failure.Reason),
            Conditions.Succeeded("ResourcesAvailable", now, "Provisioning imported containers completed."));
        return MessageReader.Canonical(failed, "Revision");
    }

    /// <summary>Sets whether it serves: Active is true with traffic or a tag, and says "retired" without.</summary>
    public static JsonObject WithActivity(JsonObject revision, bool serves, int desiredMin, DateTimeOffset now)
    {
        if (Conditions.State(revision, "Ready") != "CONDITION_SUCCEEDED")
        {
            return revision;
        }

        var changed = revision.Copy();
        var conditions = (JsonArray)changed["conditions"]!;
        var active = Conditions.Find(changed, "Active");
        if (active?.Text("state") != (serves ? "CONDITION_SUCCEEDED" : "CONDITION_FAILED"))
        {
            _ = active is not null && conditions.Remove(active);
            conditions.Add(serves ? Conditions.Succeeded("Active", now) : Conditions.Retired(now));
        }

        changed["scalingStatus"] = desiredMin > 0 ? new JsonObject { ["desiredMinInstanceCount"] = desiredMin } : null;
        return MessageReader.Canonical(changed, "Revision");
    }

    private static JsonObject Ended(JsonObject revision)
    {
        var ended = revision.Copy();
        ended.Remove("reconciling");
        ended["observedGeneration"] = revision.Text("generation");
        return ended;
    }
}
