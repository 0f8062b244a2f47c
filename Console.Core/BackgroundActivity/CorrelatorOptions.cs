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

    /// <summary>Newer lines were held back by whoever read the logs, for their requests may have no entry yet; null when the input is all there is.</summary>
    public DateTimeOffset? LinesUntil { get; init; }

    /// <summary>Threads to use; 0 means all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Whether to read texts back and group late lines into findings. The command line leaves it out where nothing shows them.</summary>
    public bool Findings { get; init; } = true;

    /// <summary>Whether to name the probable requests of idle lines. The command line leaves it out where nothing shows them.</summary>
    public bool Probable { get; init; } = true;

    /// <summary>Whether to read texts back for that, and name probable requests by route, too.</summary>
    public bool ProbableByRoute { get; init; } = true;

    /// <summary>Whether to keep by which evidence each line was classified: a byte a line. The command line shows none of it.</summary>
    public bool Bases { get; init; } = true;

    /// <summary>
    /// The settings of a revision. Log entries always name project and location; a list of revisions may name the project
    /// by its number, so that project is not compared when there is no exact match.
    /// </summary>
    public RevisionSettings? SettingsOf(Logs.RevisionKey key)
    {
        if (Settings.Count == 0)
        {
            return null;
        }

        if (Settings.TryGetValue(key, out var exact)
            || Settings.TryGetValue(key with { Project = "" }, out exact)
            || Settings.TryGetValue(key with { Project = "", Location = "" }, out exact))
        {
            return exact;
        }

        return null;
    }
}
