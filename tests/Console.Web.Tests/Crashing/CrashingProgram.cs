#pragma warning disable RS0030 // A program of the command line.
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.Crashing;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>
/// What the crash-point test starts, and what dies: the console's own command line with a step armed,
/// <c>[--crash-at STEP] audit witness …</c>; or, as <c>drive DATA GRACE Key=Value …</c>, the whole console with its input in place of people's clicks.
/// </summary>
public static class CrashingProgram
{
    /// <summary>Begins.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is ["--crash-at", var step, ..])
        {
            CrashPoints.Arm(Enum.Parse<CrashStep>(step), 1);
            args = args[2..];
        }

        return args is ["drive", var data, var grace, .. var set]
            ? await DriveAsync(data, TimeSpan.FromSeconds(int.Parse(grace, CultureInfo.InvariantCulture)), set)
            : await CommandLine.Create().Parse(args).InvokeAsync();
    }

    private static async Task<int> DriveAsync(string data, TimeSpan grace, string[] set)
    {
        var loaded = SettingsLoader.Load(new CommandLineSettings { Data = data, Urls = "http://127.0.0.1:0", Projects = [GoogleWiring.DemoProject], Set = set });
        if (loaded.Failures.Count > 0)
        {
            await Console.Error.WriteLineAsync(SettingsLoader.Explain(loaded.Failures));
            return 2;
        }

        await using var host = await ConsoleHost.StartAsync(loaded.Settings, services => Hurry(services, grace), CancellationToken.None);
        var driver = new ConsoleDriver(host);
        await Console.Out.WriteLineAsync(Answer.Of(host.Addresses[0]).Print());

        // What was begun and not awaited goes on, as with people who click here and there.
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await Console.Out.WriteLineAsync((await driver.DoAsync(Answer.Words(line))).Print());
        }

        return 0;
    }

    // A lost change is looked up after seconds instead of a minute, or for as long as the test needs.
    private static void Hurry(IServiceCollection services, TimeSpan grace)
    {
        var rules = (ChangeRules)services.Single(static s => s.ServiceType == typeof(ChangeRules)).ImplementationInstance!;
        services.Replace(ServiceDescriptor.Singleton(rules with { Grace = grace }));
    }

    /// <summary>One line of output, and what it says.</summary>
    /// <param name="Ok">Done.</param>
    /// <param name="Text">What came of it, or why not.</param>
    internal sealed record Answer(bool Ok, string Text)
    {
        private const string Mark = "answer ";

        /// <summary>Done.</summary>
        public static Answer Of(string text) => new(true, text);

        /// <summary>Not done.</summary>
        public static Answer No(string why) => new(false, why);

        /// <summary>Words of an input line.</summary>
        public static string[] Words(string line) => System.Text.Json.JsonSerializer.Deserialize<string[]>(line)!;

        /// <summary>Reads a line of output; null for one that is no answer, such as a line of the log.</summary>
        public static Answer? Read(string line) => line.StartsWith(Mark, StringComparison.Ordinal) ? System.Text.Json.JsonSerializer.Deserialize<Answer>(line[Mark.Length..]) : null;

        /// <summary>Prints it.</summary>
        public string Print() => string.Create(CultureInfo.InvariantCulture, $"{Mark}{System.Text.Json.JsonSerializer.Serialize(this)}");
    }
}
