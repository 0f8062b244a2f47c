using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>A log line as pictures and tables show it. Its text is cleaned of what would mislead.</summary>
public sealed record StoryLine
{
    /// <summary>Number in the table of entries.</summary>
    public required int Number { get; init; }

    public required long TimestampNs { get; init; }

    public required EntryClass Class { get; init; }

    public Basis Basis { get; init; }

    public byte Severity { get; init; }

    /// <summary>For lines of Cloud Run itself, which message it is.</summary>
    public PlatformMessage Platform { get; init; }

    public string Text { get; init; } = "";

    /// <summary>It belongs to the request only probably: shown apart, never counted.</summary>
    public bool Probable { get; init; }
}
