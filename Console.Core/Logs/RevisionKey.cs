namespace OpsConsole.Core.Logs;

/// <summary>Which revision an entry belongs to, from <c>resource.labels</c>; parts that are absent are empty.</summary>
public readonly record struct RevisionKey(string Project, string Location, string Service, string Revision);
