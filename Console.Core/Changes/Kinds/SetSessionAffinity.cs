namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Sends a client's requests to the same instance while it can. https://cloud.google.com/run/docs/configuring/session-affinity.</summary>
/// <param name="On">True switches it on.</param>
public sealed record SetSessionAffinity(bool On) : Change
{
    /// <inheritdoc />
    public override string Title => On ? "Switch session affinity on" : "Switch session affinity off";

    internal override void Edit(ServiceDocument document) => document.EnsureTemplate()["sessionAffinity"] = On;
}
