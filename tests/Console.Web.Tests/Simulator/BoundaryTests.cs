namespace OpsConsole.Web.Tests.Simulator;

/// <summary>The simulator speaks the wire: were it built on our own types, our adapters would be tested against our own mistakes.</summary>
public sealed class BoundaryTests
{
    [Fact]
    public void Simulator_Sources_NameNoTypeOfCore()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OpsConsole.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var sources = Directory.GetFiles(Path.Combine(folder, "Console.Web", "Simulator"), "*.cs", SearchOption.AllDirectories);

        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, static file => File.ReadAllText(file).Contains("OpsConsole.Core", StringComparison.Ordinal));
    }
}
