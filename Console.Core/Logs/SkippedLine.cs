namespace OpsConsole.Core.Logs;

/// <summary>A piece of input that could not be used.</summary>
/// <param name="File">Name of the file, or <c>-</c>.</param>
/// <param name="Line">Line number from 1, in the file as it is.</param>
/// <param name="Reason">In words.</param>
public readonly record struct SkippedLine(string File, long Line, string Reason);
