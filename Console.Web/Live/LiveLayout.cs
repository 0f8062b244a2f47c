using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Live;

/// <summary>The same as <see cref="LiveComponent"/> for layouts, which have a base class of their own.</summary>
public abstract class LiveLayout : LayoutComponentBase
{
    private CircuitEnd? _end;

    [Inject]
    private IServiceProvider Circuit
    {
        set => _end = value.GetService<CircuitEnd>();
    }

    /// <inheritdoc />
    protected override bool ShouldRender() => _end is not { IsOver: true };
}
