using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>An SVG <c>text</c> element. Razor keeps that tag name for itself and refuses attributes on it, hence in code.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Position, in per cent or pixels.</summary>
    [Parameter]
    public string X { get; set; } = "0";

    /// <summary>Baseline.</summary>
    [Parameter]
    public int Y { get; set; }

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter]
    public string Anchor { get; set; } = "start";

    [Parameter]
    public string Class { get; set; } = "";

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "class", Class);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
