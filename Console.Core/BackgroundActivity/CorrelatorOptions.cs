namespace OpsConsole.Core.BackgroundActivity;

/// <summary>What a user may force; by default everything is found from the data and said in the result.</summary>
public sealed record CorrelatorOptions
{
    /// <summary>Tolerance after a request's end; null means estimated per instance.</summary>
    public TimeSpan? Tolerance { get; init; }

    /// <summary>Whether a request's timestamp is its start or its end.</summary>
    public RequestTimestamp RequestTimestamp { get; init; } = RequestTimestamp.Auto;

    /// <summary>Settings of revisions by key, where known. See <see cref="RevisionSettings"/>.</summary>
    public IReadOnlyDictionary<Logs.RevisionKey, RevisionSettings> Settings { get; init; } =
        new Dictionary<Logs.RevisionKey, RevisionSettings>();

    /// <summary>Threads to use; 0 means all cores.</summary>
    public int Threads { get; init; }
}
