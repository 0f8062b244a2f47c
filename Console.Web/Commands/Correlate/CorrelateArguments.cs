using System.Globalization;
using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>The checked arguments of <c>correlate</c>.</summary>
internal sealed record CorrelateArguments(IReadOnlyList<string> Paths, bool Json, string? Classified, CorrelatorOptions Options)
{
    // Longest first: "ms" also ends in "s".
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1000)];

    /// <summary>Either the arguments, or every mistake in them: each names the option, the value given and the legal values.</summary>
    public static (CorrelateArguments? Arguments, IReadOnlyList<string> Mistakes) Check(RawArguments raw)
    {
        var mistakes = new List<string>();
        foreach (var path in raw.Paths.Where(p => p.Length > 1 && p[0] == '-'))
        {
            mistakes.Add($"unknown option {path}. Options: --format, --classified, --tolerance, --request-timestamp, --settings.");
        }

        if (raw.Paths.Count == 0)
        {
            mistakes.Add("no input. Give files or folders of log exports, or - for standard input.");
        }

        var json = raw.Format == "json";
        if (raw.Format is not (null or "table" or "json"))
        {
            mistakes.Add($"--format {Quoted(raw.Format)} is not known. Legal: table, json.");
        }

        if (raw.Classified is "")
        {
            mistakes.Add("--classified needs the name of a file to write.");
        }

        var timestamp = raw.RequestTimestamp switch
        {
            null or "auto" => RequestTimestamp.Auto,
            "start" => RequestTimestamp.Start,
            "end" => RequestTimestamp.End,
            _ => (RequestTimestamp?)null,
        };
        if (timestamp is null)
        {
            mistakes.Add($"--request-timestamp {Quoted(raw.RequestTimestamp)} is not known. Legal: auto, start, end.");
        }

        if (!TryTolerance(raw.Tolerance, out var tolerance))
        {
            mistakes.Add($"--tolerance {Quoted(raw.Tolerance)} is not a duration. Legal: auto, or 0ms to 60s, such as 50ms or 0.2s.");
        }

        var options = new CorrelatorOptions
        {
            Tolerance = tolerance,
            RequestTimestamp = timestamp ?? RequestTimestamp.Auto,
            Findings = !json,
            Bases = false,
            Probable = !json || raw.Classified is not null,
        };
        options = WithSettings(options, raw.Settings, mistakes);
        return mistakes.Count > 0 ? (null, mistakes) : (new CorrelateArguments(raw.Paths, json, raw.Classified, options), []);
    }

    private static bool TryTolerance(string? text, out TimeSpan? tolerance)
    {
        tolerance = null;
        if (text is null or "auto")
        {
            return true;
        }

        foreach (var (unit, milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value * milliseconds <= 60_000)
            {
                tolerance = TimeSpan.FromTicks((long)Math.Round(value * milliseconds * TimeSpan.TicksPerMillisecond));
                return true;
            }
        }

        return false;
    }

    private static CorrelatorOptions WithSettings(CorrelatorOptions options, string? file, List<string> mistakes)
    {
        if (file is null)
        {
            return options;
        }

        if (file.Length == 0)
        {
            mistakes.Add("--settings needs the name of a file: JSON of a revisions list.");
            return options;
        }

        try
        {
            return options with { Settings = RevisionSettingsReader.Read(File.ReadAllBytes(file)) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--settings {Quoted(file)} cannot be read: {e.Message}");
        }
        catch (FormatException e)
        {
            mistakes.Add($"--settings {Quoted(file)}: {e.Message}");
        }

        return options;
    }

    private static string Quoted(string? value) => string.IsNullOrEmpty(value) ? "(nothing)" : $"'{value}'";
}
