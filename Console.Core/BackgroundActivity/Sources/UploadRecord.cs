namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>What is kept beside an uploaded file.</summary>
internal sealed record UploadRecord
{
    /// <summary>Name that the user's file had; shown, never used as a path.</summary>
    public required string Name { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>Who, by name.</summary>
    public required string By { get; init; }
}
