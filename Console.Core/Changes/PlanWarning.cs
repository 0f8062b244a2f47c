namespace OpsConsole.Core.Changes;

/// <summary>Something that one should know before a change is applied, and the change that would mend it.</summary>
/// <param name="Message">A sentence or two for people.</param>
/// <param name="Instead">A change to plan instead of this one; null where there is none.</param>
public sealed record PlanWarning(string Message, Change? Instead = null);
