using Microsoft.AspNetCore.Components.Server.Circuits;

namespace OpsConsole.Web.Live;

/// <summary>
/// Knows that the circuit is ending: told before its renderer goes. What a page has under way then (a load whose token its Dispose cancels, a
/// change that it was told of) ends while the components are disposed of one after the other, and asks for a rendering of what nobody sees any
/// more: the renderer throws ObjectDisposedException at that, and the circuit logs it as an error. One for each circuit.
/// </summary>
internal sealed class CircuitEnd : CircuitHandler
{
    private volatile bool _isOver;

    /// <summary>True from the moment on that nothing is rendered any more.</summary>
    public bool IsOver => _isOver;

    /// <inheritdoc />
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _isOver = true;
        return Task.CompletedTask;
    }
}
