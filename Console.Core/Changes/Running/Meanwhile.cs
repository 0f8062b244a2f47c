namespace OpsConsole.Core.Changes.Running;

/// <summary>What somebody changed between two readings of a resource.</summary>
/// <param name="Modifier">Who wrote the newer state; empty where it is not known.</param>
/// <param name="Settings">Field by field; empty where nothing that is a setting changed.</param>
public sealed record Meanwhile(string Modifier, IReadOnlyList<SettingChange> Settings);
