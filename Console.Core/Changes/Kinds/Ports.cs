namespace OpsConsole.Core.Changes.Kinds;

/// <summary>What is said where a setting belongs to the container that takes requests, and none can be told from the others.</summary>
internal static class Ports
{
    /// <summary>The refusal.</summary>
    public static readonly Refusal Missing = new(
        "template.containers.ports",
        "None of the containers has a port, so that it is not known which one takes requests and should be changed. Deploy the service with a port on that container first.");
}
