namespace OpsConsole.Web.Hosting;

/// <summary>Settings as given on the command line; null or empty means not given.</summary>
public sealed record CommandLineSettings
{
    public string? Urls { get; init; }

    public string? Data { get; init; }

    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Any setting as <c>Key=Value</c>, with <c>:</c> between sections.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
