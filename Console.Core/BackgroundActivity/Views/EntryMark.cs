namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>A log line as a dot on a time line, with its text for the table beside it.</summary>
public sealed record EntryMark
{
    /// <summary>Line number in the table.</summary>
    public required int Line { get; init; }

    public required string InsertId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required EntryClass Class { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>Seconds after the end of its request; null when not after it.</summary>
    public double? TailSeconds { get; init; }

    /// <summary>DEFAULT, INFO, WARNING, ERROR, …</summary>
    public string Severity { get; init; } = "DEFAULT";

    public string Text { get; init; } = "";

    /// <summary>True when its request is only probable (lines on an idle instance).</summary>
    public bool Probable { get; init; }

    /// <summary>insertId of its request, certain or probable; empty without one.</summary>
    public string RequestInsertId { get; init; } = "";
}
