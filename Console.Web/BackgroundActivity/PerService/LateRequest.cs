namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>A request that went on after its response, as the table lists it.</summary>
public sealed record LateRequest
{
    /// <summary>Number in the table of entries.</summary>
    public required int Number { get; init; }

    public required string InsertId { get; init; }

    public required string Revision { get; init; }

    /// <summary>Empty when it names none.</summary>
    public string Instance { get; init; } = "";

    public required DateTimeOffset Start { get; init; }

    public required double ResponseSeconds { get; init; }

    /// <summary>From the end of the response to its last line.</summary>
    public required double TailSeconds { get; init; }

    /// <summary>Lines after the response.</summary>
    public required int Lines { get; init; }

    public int Status { get; init; }

    public string Method { get; init; } = "";

    /// <summary>With its query, without scheme and host.</summary>
    public string Path { get; init; } = "";

    /// <summary>The last line that was written for it.</summary>
    public string LastLine { get; init; } = "";

    /// <summary>True when its work stood still and was woken by another request.</summary>
    public bool Resumed { get; init; }
}
