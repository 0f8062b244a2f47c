using System.CommandLine;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>Options that verbs of the audit trail share.</summary>
internal static class AuditOptions
{
    /// <summary><c>--from</c>.</summary>
    public static Option<string?> From() => new("--from") { Description = $"Only leaves from here on: {CommandPoint.Legal}.", HelpName = "WHEN" };

    /// <summary><c>--to</c>.</summary>
    public static Option<string?> To() => new("--to") { Description = "Only leaves before this one or this time of sealing.", HelpName = "WHEN" };

    /// <summary><c>--format</c>.</summary>
    public static Option<string?> Format() => new("--format") { Description = "What to print: table or json. Default: table.", HelpName = "table|json" };

    /// <summary><c>--trust</c>.</summary>
    public static Option<string[]> Trust(string description) => new("--trust") { Description = description, HelpName = "VKEY" };

    /// <summary>True for json; a mistake is a sentence.</summary>
    public static bool IsJson(string? format, List<string> mistakes)
    {
        if (format is not (null or "table" or "json"))
        {
            mistakes.Add($"--format '{format}' is not known. Legal: table, json.");
        }

        return format == "json";
    }
}
