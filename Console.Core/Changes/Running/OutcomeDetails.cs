namespace OpsConsole.Core.Changes.Running;

/// <summary>What the outcome's event says in its details.</summary>
/// <param name="Intent">Id of the intent's event.</param>
/// <param name="Phase">How it ended.</param>
/// <param name="Operation">Name of the operation; empty where there was none.</param>
/// <param name="Revision">Revision that it made; empty where it made none.</param>
/// <param name="Message">For people.</param>
/// <param name="Milliseconds">From the intent to the end.</param>
internal sealed record OutcomeDetails(string Intent, ChangePhase Phase, string Operation, string Revision, string Message, long Milliseconds);
