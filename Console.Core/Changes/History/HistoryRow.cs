using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.History;

/// <summary>One change of a service, wherever it was made.</summary>
public sealed record HistoryRow
{
    /// <summary>Names it in addresses: the id of our change, else the insertId of Google's entry, else the revision.</summary>
    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where it was made.</summary>
    public required HistoryOrigin Origin { get; init; }

    /// <summary>What it does: <c>Keep CPU allocated</c>, <c>Updated</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Who: the person for changes made here, else the account. Empty where nobody is named.</summary>
    public string Who { get; init; } = "";

    /// <summary>The program, as it calls itself; empty where the log does not say.</summary>
    public string Client { get; init; } = "";

    /// <summary>The reason given here; empty where there is none.</summary>
    public string Why { get; init; } = "";

    /// <summary>Setting by setting; empty where nothing tells.</summary>
    public IReadOnlyList<HistorySetting> Settings { get; init; } = [];

    /// <summary>How it ended.</summary>
    public HistoryOutcome Outcome { get; init; }

    /// <summary>How it ended, in the words of Cloud Run or the console; may be empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>What else is to be known; sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Short name of the revision that it made; empty where it made none.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The change, where it was made here.</summary>
    public ChangeRun? Run { get; init; }

    /// <summary>Its receipt; null while there is none.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>Id of the change that took this one back; empty where none did.</summary>
    public string UndoneBy { get; init; } = "";

    /// <summary>Id of the change that this one took back; empty for most.</summary>
    public string UndoOf { get; init; } = "";

    /// <summary>insertIds of Google's entries.</summary>
    public IReadOnlyList<string> GoogleEntries { get; init; } = [];

    /// <summary>True where it can be taken back: made here, done, and not taken back yet.</summary>
    public bool CanUndo => Run is { Phase: ChangePhase.Succeeded } && UndoneBy.Length == 0;
}
