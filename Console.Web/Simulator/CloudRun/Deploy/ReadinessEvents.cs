namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Writes what the system says at the end of a rollout: one event for the revision, one for its service.</summary>
internal sealed class ReadinessEvents(Store store, AuditLog audit)
{
    /// <summary>Writes them; <paramref name="verb"/> is Create or Replace, the v1 words that these events use.</summary>
    public void Write(Written written, string verb, DateTimeOffset now)
    {
        var noun = written.Kind.Message;
        var method = $"/{noun}s.{verb}{noun}";
        if (written.Revision is { } name && store.Find(name) is { } revision && Conditions.Find(revision, "Ready") is { } ready)
        {
            audit.ReadyChanged(method, "Revision", name, now, ready.Text("state") == "CONDITION_SUCCEEDED", ready.Text("message"));
        }

        if (store.Find(written.Resource.Text("name")) is { } parent && !parent.Flag("reconciling"))
        {
            var condition = parent.Child("terminalCondition");
            audit.ReadyChanged(
                method, noun, parent.Text("name"), now.AddMilliseconds(35), condition.Text("state") == "CONDITION_SUCCEEDED", condition.Text("message"));
        }
    }
}
