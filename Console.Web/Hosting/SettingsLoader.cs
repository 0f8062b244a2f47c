using System.Globalization;
using System.Reflection;
using System.Text;

namespace OpsConsole.Web.Hosting;

/// <summary>
/// Reads settings from appsettings.json, then the environment (<c>OpsConsole__Data=…</c>), then the command line,
/// and finds all mistakes at once: unknown keys, values of the wrong type and values out of range.
/// </summary>
public static class SettingsLoader
{
    private const string Section = "OpsConsole";

    /// <summary>Reads and checks. Never throws for bad settings.</summary>
    /// <param name="commandLine">What was given on the command line.</param>
    /// <param name="usesDataFolder">False for verbs that keep nothing: the data folder is then neither made nor checked.</param>
    public static LoadedSettings Load(CommandLineSettings commandLine, bool usesDataFolder = true)
    {
        var failures = new List<string>();
        IConfigurationRoot configuration;
        try
        {
            configuration = new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile("appsettings.json", optional: true)
                .AddInMemoryCollection(PortOfCloudRun())
                .AddEnvironmentVariables()
                .AddInMemoryCollection(FromCommandLine(commandLine, failures))
                .Build();
        }
        catch (InvalidDataException e)
        {
            return new LoadedSettings(new ConsoleSettings(), [$"appsettings.json is not valid JSON: {e.InnerException?.Message ?? e.Message}"]);
        }

        var settings = new ConsoleSettings();
        Bind(configuration.GetSection(Section), settings, Section, failures);
        if (commandLine.Projects.Count > 0)
        {
            settings.Projects = [.. commandLine.Projects];
        }

        if (settings.Data.Length == 0)
        {
            settings.Data = DataFolder.Default();
        }

        failures.AddRange(SettingsRules.Check(settings, usesDataFolder));
        return new LoadedSettings(settings, failures);
    }

    /// <summary>The text for the terminal.</summary>
    public static string Explain(IReadOnlyList<string> failures)
    {
        var text = new StringBuilder(failures.Count == 1 ? "One setting is wrong:" : $"{failures.Count.ToString(CultureInfo.InvariantCulture)} settings are wrong:");
        foreach (var failure in failures)
        {
            text.Append("\n  - ").Append(failure);
        }

        return text.Append("\nSettings come from appsettings.json, the environment (OpsConsole__Key) and the command line (--set Key=Value).").ToString();
    }

    // Cloud Run's container contract: listen on 0.0.0.0:$PORT. An explicit address wins.
    private static Dictionary<string, string?> PortOfCloudRun()
    {
        var port = Environment.GetEnvironmentVariable("PORT");
        return string.IsNullOrEmpty(port) ? new(StringComparer.Ordinal) : new(StringComparer.Ordinal) { [$"{Section}:Urls"] = $"http://0.0.0.0:{port}" };
    }

    private static Dictionary<string, string?> FromCommandLine(CommandLineSettings commandLine, List<string> failures)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in commandLine.Set)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                failures.Add($"--set {pair}: expected KEY=VALUE, for example --set Simulator:Seed=7.");
                continue;
            }

            values[$"{Section}:{pair[..equals]}"] = pair[(equals + 1)..];
        }

        if (commandLine.Urls is not null)
        {
            values[$"{Section}:Urls"] = commandLine.Urls;
        }

        if (commandLine.Data is not null)
        {
            values[$"{Section}:Data"] = commandLine.Data;
        }

        return values;
    }

    private static void Bind(IConfigurationSection section, object target, string path, List<string> failures)
    {
        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.CanWrite).ToArray();
        foreach (var child in section.GetChildren())
        {
            var key = $"{path}:{child.Key}";
            var property = Array.Find(properties, p => string.Equals(p.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                failures.Add($"{key} is not a setting. Settings here: {string.Join(", ", properties.Select(static p => p.Name))}.");
            }
            else if (property.PropertyType == typeof(IList<string>))
            {
                // A list is Projects:0, Projects:1, … or one value with commas.
                string[] items = child.Value is { } joined
                    ? joined.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    : [.. child.GetChildren().Select(static c => c.Value ?? "")];
                property.SetValue(target, new List<string>(items));
            }
            else if (property.PropertyType.Namespace == typeof(ConsoleSettings).Namespace)
            {
                Bind(child, property.GetValue(target)!, key, failures);
            }
            else if (!TryConvert(child.Value ?? "", property.PropertyType, out var value, out var expected))
            {
                failures.Add($"{key} = '{child.Value}' is not {expected}.");
            }
            else
            {
                property.SetValue(target, value);
            }
        }
    }

    private static bool TryConvert(string text, Type type, out object? value, out string expected)
    {
        (value, expected) = type switch
        {
            _ when type == typeof(string) => ((object?)text, "text"),
            _ when type == typeof(bool) => (bool.TryParse(text, out var b) ? b : null, "true or false"),
            _ when type == typeof(int) => (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i : null, "a whole number"),
            _ when type == typeof(long) => (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? l : null, "a whole number"),
            _ => throw new NotSupportedException($"Settings of type {type} are not read."),
        };
        return value is not null;
    }
}
