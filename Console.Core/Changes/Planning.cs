namespace OpsConsole.Core.Changes;

/// <summary>What planning a change came to: a closed set.</summary>
public abstract record Planning
{
    private Planning()
    {
    }

    /// <summary>It can be applied.</summary>
    public sealed record Ready(Plan Plan) : Planning;

    /// <summary>It is refused, with reasons.</summary>
    public sealed record Refused(IReadOnlyList<Refusal> Refusals) : Planning;

    /// <summary>The resource is so already: there is nothing to do.</summary>
    public sealed record Nothing(string Message) : Planning;
}
