using System.Diagnostics;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>
/// The program in e2e/clients/sumdb, which checks the trail's files with Go's golang.org/x/mod/sumdb. Built once in a test run, without
/// network, from the Debian packages golang-go and golang-golang-x-mod-dev.
/// </summary>
public static class GoVerifier
{
    private static readonly Lazy<Task<string>> Program = new(BuildAsync);

    /// <summary>Runs it: 0 verified, 1 refused, 2 could not run; and what it printed.</summary>
    /// <param name="arguments">See main.go.</param>
    public static async Task<(int Exit, string Output)> RunAsync(params string[] arguments) => await StartAsync(await Program.Value, arguments, []);

    /// <summary>The same with a bearer token for a log that is read over HTTP.</summary>
    public static async Task<(int Exit, string Output)> RunWithTokenAsync(string token, params string[] arguments) =>
        await StartAsync(await Program.Value, arguments, new() { ["TLOG_TOKEN"] = token });

    private static async Task<string> BuildAsync()
    {
        const string packages = "/usr/share/gocode";
        if (!Directory.Exists($"{packages}/src/golang.org/x/mod/sumdb"))
        {
            throw new InvalidOperationException("The foreign verifier needs Debian's packages golang-go and golang-golang-x-mod-dev: apt-get install golang-go golang-golang-x-mod-dev.");
        }

        var folder = Directory.CreateTempSubdirectory("sumdb-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var program = Path.Combine(folder, "sumdb");

        // As a package of a GOPATH, because the module proxy is not needed then. A cache of its own: HOME may be missing or read-only.
        var (exit, output) = await StartAsync(
            "go",
            ["build", "-o", program, "."],
            new() { ["GO111MODULE"] = "off", ["GOPATH"] = packages, ["GOCACHE"] = Path.Combine(folder, "cache"), ["GOFLAGS"] = "", ["CGO_ENABLED"] = "0" },
            Source());
        return exit == 0 ? program : throw new InvalidOperationException($"go build failed:\n{output}");
    }

    private static string Source()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpsConsole.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("OpsConsole.sln is not above the test's folder."), "e2e", "clients", "sumdb");
    }

    private static async Task<(int Exit, string Output)> StartAsync(
        string program, IEnumerable<string> arguments, Dictionary<string, string> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
