using OpsConsole.Testing;

namespace OpsConsole.Web.Tests;

/// <summary>The arrows of the house, inside Web.</summary>
public sealed class ArchitectureTests
{
    private const string Simulator = "OpsConsole.Web.Simulator.";
    private static readonly Lazy<IReadOnlyList<(string From, string To)>> Arrows = new(static () =>
        TypeArrows.Of(typeof(OpsConsole.Web.Simulator.SimulatorHost).Assembly));

    [Fact]
    public void Simulator_Types_UseNoTypeOfCore() =>
        Assert.Empty(Arrows.Value
            .Where(static a => a.From.StartsWith(Simulator, StringComparison.Ordinal) && a.To.StartsWith("OpsConsole.Core.", StringComparison.Ordinal))
            .Select(static a => $"{a.From} uses {a.To}"));

    [Fact]
    public void Simulator_Types_AreKnownToHostingAndCommandsOnly() =>
        Assert.Empty(Arrows.Value
            .Where(static a => a.To.StartsWith(Simulator, StringComparison.Ordinal)
                && !a.From.StartsWith(Simulator, StringComparison.Ordinal)
                && !a.From.StartsWith("OpsConsole.Web.Hosting.", StringComparison.Ordinal)
                && !a.From.StartsWith("OpsConsole.Web.Commands.", StringComparison.Ordinal))
            .Select(static a => $"{a.From} uses {a.To}"));

    [Fact]
    public void Web_Types_UseNoDatabaseLibrary() =>
        Assert.Empty(Arrows.Value
            .Where(static a => a.To.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal))
            .Select(static a => $"{a.From} uses {a.To}"));

    [Fact]
    public void Arrows_OfHosting_SeeCore() =>
        Assert.Contains(Arrows.Value, static a =>
            a.From.StartsWith("OpsConsole.Web.Hosting.", StringComparison.Ordinal) && a.To == "OpsConsole.Core.Google.GoogleConnection");

    /// <summary>Text that others wrote is encoded by the renderer; what would get round it is used by nobody.</summary>
    [Fact]
    public void Web_Types_WriteNoMarkupOfTheirOwn() =>
        Assert.Empty(Arrows.Value.Where(static a => a.To == "Microsoft.AspNetCore.Components.MarkupString" && !a.From.Contains("Simulator", StringComparison.Ordinal)).Select(static a => $"{a.From} uses {a.To}"));
}
