namespace OpsConsole.Core.Changes.Moves;

/// <summary>What the event of an act on a move says in its details.</summary>
/// <param name="Move">Id of its first change.</param>
/// <param name="Act">What was done.</param>
/// <param name="Console">The console that did it.</param>
internal sealed record MoveDetails(string Move, MoveAct Act, string Console);
