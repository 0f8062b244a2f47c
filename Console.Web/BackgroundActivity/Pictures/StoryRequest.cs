namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>A request as pictures and tables show it. Times are nanoseconds since the Unix epoch.</summary>
public sealed record StoryRequest
{
    /// <summary>Number in the table of entries.</summary>
    public required int Number { get; init; }

    public required string InsertId { get; init; }

    public string Method { get; init; } = "";

    /// <summary>Path with its query, without scheme and host.</summary>
    public string Path { get; init; } = "";

    public int Status { get; init; }

    public required long StartNs { get; init; }

    /// <summary>When the response was complete.</summary>
    public required long EndNs { get; init; }

    /// <summary>Last line that was written for it after the response; null when nothing was.</summary>
    public long? LastLateNs { get; init; }

    /// <summary>Lines written for it after the response.</summary>
    public int LateLines { get; init; }

    /// <summary>Text of the last of them.</summary>
    public string LastLine { get; init; } = "";

    /// <summary>Its start woke the instance, and suspended work went on.</summary>
    public bool Woke { get; init; }

    /// <summary>It was not finished when the instance went away.</summary>
    public bool Aboard { get; init; }

    /// <summary>Seconds from start to the end of the response.</summary>
    public double ResponseSeconds => (EndNs - StartNs) / 1e9;

    /// <summary>Seconds from the response to the last line after it; null when nothing went on.</summary>
    public double? TailSeconds => LastLateNs is { } last ? (last - EndNs) / 1e9 : null;

    /// <summary>Seconds from start to the last thing that is known of it.</summary>
    public double TotalSeconds => (Math.Max(EndNs, LastLateNs ?? EndNs) - StartNs) / 1e9;

    /// <summary><c>POST /orders → 201</c>.</summary>
    public string Name => $"{Method} {Path}".Trim() is { Length: > 0 } name ? name : "request";
}
