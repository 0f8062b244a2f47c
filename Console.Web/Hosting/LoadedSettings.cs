namespace OpsConsole.Web.Hosting;

/// <summary>The settings, and everything that is wrong with them.</summary>
/// <param name="Settings">As read; not to be used when there are failures.</param>
/// <param name="Failures">One sentence each, naming key, value and legal values.</param>
public sealed record LoadedSettings(ConsoleSettings Settings, IReadOnlyList<string> Failures);
