using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Tests.Publish;

/// <summary>
/// What the Dockerfile would run, without an engine: publish with its own arguments, a read-only program folder, a user
/// who is not root, data on a separate folder, PORT, the health check, and SIGTERM.
/// </summary>
public sealed partial class DockerfileContractTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-publish-").FullName;

    [Fact]
    public async Task Published_NonRootReadOnly_ServesOnPortAndStopsOnSigterm()
    {
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(Root, "Dockerfile"));
        Assert.Matches(@"(?m)^USER \d+", dockerfile);
        var app = Path.Combine(_folder, "app");
        var data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(data);

        // RUN dotnet publish Console.Web -c Release -r linux-x64 --self-contained false -o /app
        var publish = PublishLine().Match(dockerfile).Groups["arguments"].Value.Replace("-o /app", $"-o {app}", StringComparison.Ordinal);
        var source = CopySources(dockerfile);
        var built = await RunAsync("dotnet", publish.Split(' '), source, new(StringComparer.Ordinal) { ["CI"] = "true" });
        Assert.True(built.ExitCode == 0, built.Output);

        var port = FreePort();
        var root = Environment.UserName == "root";
        await RunAsync("chmod", ["-R", "a-w,a+rX", app], Root);
        await RunAsync("chmod", ["a+rx", _folder], Root);
        if (root)
        {
            await RunAsync("chown", ["nobody", data], Root);
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["OpsConsole__Data"] = data,

            // On 0.0.0.0 the console serves behind Identity-Aware Proxy alone: the demo refuses to start there.
            ["OpsConsole__Identity__Mode"] = "Iap",
            ["OpsConsole__Identity__Iap__Audiences"] = "/projects/123456789012/locations/europe-west1/services/opsconsole",
            ["OpsConsole__Projects"] = "acme-prod",
            ["OpsConsole__Google__Credentials"] = "None",
            ["OpsConsole__Google__CloudRunAddress"] = "http://127.0.0.1:9/",
            ["OpsConsole__Google__LoggingAddress"] = "http://127.0.0.1:9/",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["HOME"] = "/nonexistent",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } dotnetRoot)
        {
            environment["DOTNET_ROOT"] = dotnetRoot;
        }

        // runuser starts the program as nobody; setpriv keeps the same process, so that the signal reaches it.
        var program = Path.Combine(app, "Console.Web");
        using var process = Start(root ? "setpriv" : program, root ? ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program] : [], "/", environment);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await WaitForAsync(async () => (await client.GetAsync("/healthz")).IsSuccessStatusCode, process);

            var health = await RunAsync(program, ["health"], "/", environment);
            Assert.Equal((0, "ok\n"), (health.ExitCode, health.Output));
            using (var services = await client.GetAsync("/services"))
            {
                Assert.Equal(HttpStatusCode.Unauthorized, services.StatusCode);
            }

            var signIn = await client.GetStringAsync("/sign-in");
            foreach (Match asset in AssetLinks().Matches(signIn))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/{asset.Groups["path"].Value}");
                request.Headers.AcceptEncoding.ParseAdd("gzip, br");
                using var response = await client.SendAsync(request);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
            }

            Assert.True(File.Exists(Path.Combine(data, "console.db")));
            Assert.Equal(0, Kill(process.Id, SigTerm));
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose()
    {
        Process.Start("chmod", ["-R", "u+w", _folder]).WaitForExit();
        Directory.Delete(_folder, recursive: true);
    }

    private const int SigTerm = 15;

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "OpsConsole.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }

    // COPY global.json Directory.Build.props … ./ and COPY Console.Core Console.Core: what the build stage sees, and nothing else.
    private string CopySources(string dockerfile)
    {
        var source = Path.Combine(_folder, "src");
        foreach (Match copy in CopyLines().Matches(dockerfile))
        {
            var names = copy.Groups["names"].Value.Split(' ');
            foreach (var name in names[..^1])
            {
                var from = Path.Combine(Root, name);
                foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) : [from])
                {
                    var path = Path.GetRelativePath(Root, file);
                    if (!Ignored().IsMatch($"/{path}"))
                    {
                        var to = Path.Combine(source, path);
                        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                        File.Copy(file, to, overwrite: true);
                    }
                }
            }
        }

        return source;
    }

    private static Process Start(string file, IEnumerable<string> arguments, string folder, Dictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(file) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (environment is not null && environment.ContainsKey("PATH"))
        {
            start.Environment.Clear();
        }

        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string file, IEnumerable<string> arguments, string folder, Dictionary<string, string>? environment = null)
    {
        using var process = Start(file, arguments, folder, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition, Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not listening yet.
            }

            Assert.False(process.HasExited, process.HasExited ? await process.StandardError.ReadToEndAsync() : "");
            await Task.Delay(50, limit.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    [GeneratedRegex(@"^RUN dotnet (?<arguments>publish .*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PublishLine();

    [GeneratedRegex(@"^COPY (?!--from)(?<names>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CopyLines();

    // The same folders as in .dockerignore.
    [GeneratedRegex("/(bin|obj|node_modules)/|wwwroot/framework/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ignored();

    [GeneratedRegex("(?:href|src)=\"(?<path>[^\"/][^\"]*\\.(?:js|css|svg))\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AssetLinks();
}
