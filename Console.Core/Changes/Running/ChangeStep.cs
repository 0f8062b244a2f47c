namespace OpsConsole.Core.Changes.Running;

/// <summary>Something that happened on the way.</summary>
/// <param name="At">When.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record ChangeStep(DateTimeOffset At, string Text);
