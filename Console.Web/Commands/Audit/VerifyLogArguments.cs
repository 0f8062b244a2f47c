using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>What was typed behind <c>audit verify</c>.</summary>
internal sealed record VerifyLogArguments(
    CommandLineSettings Settings, string? From, string? To, bool Full, string? Format, IReadOnlyList<string> Trust, IReadOnlyList<string> Anchors);
