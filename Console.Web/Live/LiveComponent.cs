using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Live;

/// <summary>
/// What every component is (see _Imports.razor): one that asks for no rendering once its circuit is ending, whatever it is told then. Whoever
/// overrides <see cref="ShouldRender"/> asks this one too.
/// </summary>
public abstract class LiveComponent : ComponentBase
{
    private CircuitEnd? _end;

    // By its setter: components override the lifecycle without calling this class, and tests draw some without a circuit.
    [Inject]
    private IServiceProvider Circuit
    {
        set => _end = value.GetService<CircuitEnd>();
    }

    /// <inheritdoc />
    protected override bool ShouldRender() => _end is not { IsOver: true };
}
