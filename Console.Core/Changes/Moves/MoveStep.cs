using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>A step of a gradual move.</summary>
/// <param name="Percent">What the revision receives after it.</param>
/// <param name="Change">Its change; null while its time has not come.</param>
public sealed record MoveStep(int Percent, ChangeRun? Change);
