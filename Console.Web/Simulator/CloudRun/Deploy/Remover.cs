using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Deletes resources. They stay for a while, seen by lists with showDeleted only.</summary>
internal sealed class Remover(Store store)
{
    /// <summary>How long a deleted resource is shown; the real figure is UNCONFIRMED.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public ApiResult<JsonObject> Remove(JsonObject resource, string message, string? etag, DateTimeOffset now, bool validateOnly)
    {
        if ((Etag.Check(etag, resource) ?? (message == "Revision" ? CheckRevision(resource) : null)) is { } refused)
        {
            return refused;
        }

        var deleted = Deleted(resource, message, now);
        if (!validateOnly)
        {
            store.Put(deleted);

            // "This will delete all revisions that belong to it" – and the executions and tasks of a job.
            RemoveBelow($"{resource.Text("name")}/revisions/-", "Revision", now);
            RemoveBelow($"{resource.Text("name")}/executions/-", "Execution", now);
            RemoveBelow($"{resource.Text("name")}/executions/-/tasks/-", "Task", now);
            RemoveBelow($"{resource.Text("name")}/tasks/-", "Task", now);
        }

        return deleted;
    }

    /// <summary>Refused if it can receive traffic, is the only one, or is the latest. The wordings are UNCONFIRMED.</summary>
    private ApiError? CheckRevision(JsonObject revision)
    {
        var name = revision.Text("name");
        var parentName = ResourceName.Parent(name);
        if (store.Find(parentName) is not { } parent)
        {
            return null;
        }

        var kind = parentName.Contains("/workerPools/", StringComparison.Ordinal) ? ParentKind.WorkerPool : ParentKind.Service;
        var (percent, tagged) = Split.ShareOf(parent, kind, ResourceName.Short(name));
        if (percent > 0 || tagged)
        {
            return ApiError.FailedPrecondition($"Revision '{ResourceName.Short(name)}' cannot be deleted because it can receive traffic.");
        }

        return parent.Text("latestCreatedRevision") == name
            ? ApiError.FailedPrecondition($"Revision '{ResourceName.Short(name)}' cannot be deleted because it is the latest created revision.")
            : null;
    }

    private void RemoveBelow(string pattern, string message, DateTimeOffset now)
    {
        foreach (var child in store.List(pattern))
        {
            store.Put(Deleted(child, message, now));
        }
    }

    private static JsonObject Deleted(JsonObject resource, string message, DateTimeOffset now)
    {
        var deleted = resource.Copy();
        deleted["deleteTime"] = WireTime.Timestamp(now);
        deleted["expireTime"] = WireTime.Timestamp(now + Kept);
        return MessageReader.Canonical(deleted, message);
    }
}
