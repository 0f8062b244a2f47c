namespace OpsConsole.Core.Changes.Moves;

/// <summary>Tells screens that a gradual move has gone on; how it stands is in <see cref="MoveHistory"/>.</summary>
public sealed class MoveBoard
{
    /// <summary>Raised with the id of the move, on any thread.</summary>
    public event EventHandler<string>? Changed;

    /// <summary>Tells.</summary>
    internal void Tell(string id) => Changed?.Invoke(this, id);
}
