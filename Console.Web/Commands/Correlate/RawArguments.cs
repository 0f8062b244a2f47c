namespace OpsConsole.Web.Commands.Correlate;

/// <summary>The arguments of <c>correlate</c> as typed; null where an option was not given.</summary>
internal sealed record RawArguments(
    IReadOnlyList<string> Paths, string? Format, string? Classified, string? Tolerance, string? RequestTimestamp, string? Settings);
