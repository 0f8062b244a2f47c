using Microsoft.AspNetCore.Components.Server.Circuits;

namespace OpsConsole.Web.Live;

/// <summary>
/// Knows that the circuit is ending: told before its renderer goes, and by the console's stop, which takes the services away from under circuits
/// that are still open. What a page has under way then (a load whose token its Dispose cancels, a change that it was told of) asks for a rendering
/// of what nobody sees any more: the renderer, or the provider of its components' services, throws ObjectDisposedException at that, and the circuit
/// logs it as an error. One for each circuit.
/// </summary>
internal sealed class CircuitEnd(IHostApplicationLifetime console) : CircuitHandler
{
    private volatile bool _isOver;

    /// <summary>True from the moment on that nothing is rendered any more.</summary>
    public bool IsOver => _isOver || console.ApplicationStopped.IsCancellationRequested;

    /// <inheritdoc />
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _isOver = true;
        return Task.CompletedTask;
    }
}
