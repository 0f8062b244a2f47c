namespace OpsConsole.Web.Controls;

/// <summary>A line of the list of qualifiers under a filter box.</summary>
/// <param name="Key">Qualifier.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Example">How it is typed.</param>
public sealed record FilterHint(string Key, string Meaning, string Example);
