using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Names one set of analysed logs: <c>live-PROJECT</c>, <c>window-…</c> or <c>upload-…</c>. Stands in addresses as <c>?source=</c>.</summary>
/// <param name="Value">Letters, digits, <c>-</c>, <c>.</c> and <c>:</c> only.</param>
public sealed record AnalysisId(string Value)
{
    private const string LivePrefix = "live-";
    private const string WindowPrefix = "window-";
    private const string UploadPrefix = "upload-";

    /// <summary>What kind of source the id names.</summary>
    public SourceKind Kind =>
        Value.StartsWith(WindowPrefix, StringComparison.Ordinal) ? SourceKind.Window
        : Value.StartsWith(UploadPrefix, StringComparison.Ordinal) ? SourceKind.Upload
        : SourceKind.Live;

    /// <summary>The project of a live source; empty for the others.</summary>
    public string LiveProject => Kind == SourceKind.Live ? Value[LivePrefix.Length..] : "";

    /// <summary>The live logs of a project.</summary>
    public static AnalysisId Live(string project) => new(LivePrefix + project);

    /// <summary>A window of the past. Version 7 ids order by the time they were made.</summary>
    public static AnalysisId NewWindow() => new($"{WindowPrefix}{Guid.CreateVersion7():N}");

    /// <summary>An uploaded export.</summary>
    public static AnalysisId NewUpload() => new($"{UploadPrefix}{Guid.CreateVersion7():N}");

    /// <summary>Parses what an address carries; false for anything that cannot be an id (ids become file names).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AnalysisId? id)
    {
        id = null;
        if (text is null || text.Length > 120)
        {
            return false;
        }

        var known = text.StartsWith(LivePrefix, StringComparison.Ordinal)
            ? text.Length > LivePrefix.Length && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':')
            : (text.StartsWith(WindowPrefix, StringComparison.Ordinal) || text.StartsWith(UploadPrefix, StringComparison.Ordinal))
                && Guid.TryParseExact(text[(text.IndexOf('-', StringComparison.Ordinal) + 1)..], "N", out _);
        if (known)
        {
            id = new AnalysisId(text);
        }

        return known;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
