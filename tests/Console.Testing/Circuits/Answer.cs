namespace OpsConsole.Testing.Circuits;

/// <summary>How long an act took, from sending it.</summary>
/// <param name="First">Until the first change of the page that came after.</param>
/// <param name="Whole">Until the page showed what was asked for.</param>
public readonly record struct Answer(TimeSpan First, TimeSpan Whole);
