using OpsConsole.Testing;

namespace OpsConsole.Core.Tests;

/// <summary>The arrows of the house, inside Core.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "OpsConsole.Core";
    private static readonly Lazy<IReadOnlyList<(string From, string To)>> Arrows = new(static () => TypeArrows.Of(typeof(CoreSetup).Assembly));

    [Fact]
    public void Core_References_NoWebFramework()
    {
        var references = typeof(CoreSetup).Assembly.GetReferencedAssemblies().Select(static a => a.Name!);

        Assert.DoesNotContain(references, static name =>
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Radzen", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Google")]
    [InlineData("Storage")]
    public void Core_Adapter_IsKnownToCoreSetupOnly(string adapter)
    {
        var inside = $"{Root}.{adapter}.";
        var intruders = Arrows.Value
            .Where(a => a.To.StartsWith(inside, StringComparison.Ordinal)
                && !a.From.StartsWith(inside, StringComparison.Ordinal)
                && a.From != $"{Root}.CoreSetup")
            .Select(static a => $"{a.From} uses {a.To}");

        Assert.Empty(intruders);
    }

    [Theory]
    [InlineData("Google.Apis", "OpsConsole.Core.Google.")]
    [InlineData("Polly", "OpsConsole.Core.Google.")]
    [InlineData("Microsoft.EntityFrameworkCore", "OpsConsole.Core.Storage.")]
    public void Core_Library_StaysInItsRoom(string library, string room)
    {
        var intruders = Arrows.Value
            .Where(a => a.To.StartsWith($"{library}.", StringComparison.Ordinal)
                && !a.From.StartsWith(room, StringComparison.Ordinal)
                && a.From != $"{Root}.CoreSetup")
            .Select(static a => $"{a.From} uses {a.To}");

        Assert.Empty(intruders);
    }

    [Fact]
    public void Arrows_OfCoreSetup_SeeTheAdapters()
    {
        // The rules above would pass on an empty list: here it is seen that the reading works, down to method bodies.
        var seen = Arrows.Value.Where(static a => a.From == $"{Root}.CoreSetup").Select(static a => a.To);

        Assert.Contains($"{Root}.Google.GoogleTransport", seen);
        Assert.Contains($"{Root}.Google.NoTokens", seen);
    }
}
