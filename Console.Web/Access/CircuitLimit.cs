using Microsoft.AspNetCore.Components.Server.Circuits;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>Counts the circuits of each person, and ends one too many as it opens: each costs memory for as long as it is open.</summary>
internal sealed class CircuitLimit(CurrentActor actor, OpenCircuits open, ConsoleSettings settings) : CircuitHandler
{
    private string? _person;

    /// <inheritdoc />
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _person = actor.Now?.Id ?? "nobody";
        return open.Add(_person) <= settings.Limits.CircuitsPerPerson
            ? Task.CompletedTask
            : throw new InvalidOperationException("More pages are open than one person may have (OpsConsole:Limits:CircuitsPerPerson).");
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
