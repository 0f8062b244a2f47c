using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>What was typed behind <c>audit export</c>.</summary>
internal sealed record ExportArguments(CommandLineSettings Settings, string? From, string? To, string? Filter, string? Out, string? Format, IReadOnlyList<string> Trust);
