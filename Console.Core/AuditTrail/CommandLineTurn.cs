namespace OpsConsole.Core.AuditTrail;

/// <summary>The turn of a command that runs; see <see cref="KilledActs"/>.</summary>
/// <param name="Name">Its name, which stands in the event of the beginning.</param>
/// <param name="Turn">The turn, held until this is disposed of or the process dies.</param>
public sealed record CommandLineTurn(string Name, ITurn Turn) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => Turn.DisposeAsync();
}
