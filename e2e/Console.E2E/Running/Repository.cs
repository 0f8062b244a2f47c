namespace OpsConsole.E2E.Running;

/// <summary>Where things lie in the checkout that this test was built from.</summary>
internal static class Repository
{
    /// <summary>The folder with OpsConsole.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The console as built, in the configuration of this test.</summary>
    public static string ConsoleDll =>
        Path.Combine(Root, "Console.Web", "bin", Configuration, "net10.0", "Console.Web.dll");

    // …/e2e/Console.E2E/bin/Release/net10.0/
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpsConsole.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("OpsConsole.sln is not above the test's folder.");
    }
}
