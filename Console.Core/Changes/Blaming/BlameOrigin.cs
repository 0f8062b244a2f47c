namespace OpsConsole.Core.Changes.Blaming;

/// <summary>The revision or the change since which a setting is as it is.</summary>
public sealed record BlameOrigin
{
    /// <summary>Short name of the revision; empty where the setting belongs to the service.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Id of the change made here; empty where it was made elsewhere.</summary>
    public string ChangeId { get; init; } = "";

    /// <summary>When.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>Who: the person where the change was made here, else whoever Cloud Run names. May be empty.</summary>
    public required string Who { get; init; }

    /// <summary>The reason given here; empty where none is known.</summary>
    public string Why { get; init; } = "";

    /// <summary>Who says so.</summary>
    public BlameSource Source { get; init; }

    /// <summary>The program that was used, as it calls itself in Google's audit log; empty where that does not say.</summary>
    public string Client { get; init; } = "";

    /// <summary>insertId of Google's entry; empty without one.</summary>
    public string GoogleEntry { get; init; } = "";

    /// <summary>True where this is the oldest revision or state there is: it may have been so before.</summary>
    public bool OrBefore { get; init; }
}
