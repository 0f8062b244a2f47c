namespace OpsConsole.Core.Changes.Kinds;

/// <summary>A field and the value that it gets again.</summary>
/// <param name="Path">As in <see cref="SettingChange.Path"/>.</param>
/// <param name="Json">The value; null takes the field away.</param>
public sealed record RestoredField(string Path, string? Json);
