using OpsConsole.Web.Observability;

namespace OpsConsole.Web.Admin;

/// <summary>How the console was at a moment.</summary>
/// <param name="At">When.</param>
/// <param name="Facts">What it is.</param>
/// <param name="Dependencies">What it needs.</param>
/// <param name="Advice">What to change, a sentence each.</param>
internal sealed record DiagnosticsView(
    DateTimeOffset At, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<Dependency> Dependencies, IReadOnlyList<string> Advice);
