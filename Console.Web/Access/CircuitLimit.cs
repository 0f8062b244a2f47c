using Microsoft.AspNetCore.Components.Server.Circuits;

namespace OpsConsole.Web.Access;

/// <summary>
/// Counts the circuits, and ends one too many as it opens. Who opens a page is told so in words before, by <see cref="CircuitDoor"/>; this is for
/// pages that were loaded in the same moment, and for whoever opens circuits without pages.
/// </summary>
internal sealed class CircuitLimit(CurrentActor actor, OpenCircuits open) : CircuitHandler
{
    private string? _person;

    /// <inheritdoc />
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var person = actor.Now?.Id ?? "nobody";
        if (!open.TryAdd(person))
        {
            throw new InvalidOperationException("More pages are open than the console has room for (OpsConsole:Limits:CircuitsPerPerson, :Circuits).");
        }

        _person = person;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_person is { } person)
        {
            open.Remove(person);
            _person = null;
        }

        return Task.CompletedTask;
    }
}
