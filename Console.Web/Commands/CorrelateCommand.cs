using System.CommandLine;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Commands.Correlate;

namespace OpsConsole.Web.Commands;

/// <summary><c>correlate</c>: finds work after the response in log exports. Starts no host, so that small files answer at once.</summary>
internal static class CorrelateCommand
{
    /// <summary>Exit code of input that cannot be used, and of bad arguments.</summary>
    public const int Unusable = 2;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("FILE")
        {
            Description = "Log exports: files (NDJSON, JSON array, YAML; gzip; any encoding that gcloud and PowerShell write), folders, or - for standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var format = Option("--format", "table|json", "What to print. Default: table.");
        var classified = Option("--classified", "FILE", "Also write one NDJSON line for each container entry, in input order, with its class and request.");
        var tolerance = Option("--tolerance", "auto|50ms", "How long after a request's end a line still counts as its end. Default: auto, estimated per instance.");
        var timestamp = Option("--request-timestamp", "auto|start|end", "What the timestamp of a request entry is. Default: auto, found per file.");
        var settings = Option("--settings", "FILE", "Settings for verdicts: JSON of a revisions list (Admin API v2, or gcloud run revisions list --format=json).");
        var command = new Command("correlate", "Find background activity: work that went on after the response, in log exports of Cloud Run.")
        {
            paths, format, classified, tolerance, timestamp, settings,
        };
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            new RawArguments(
                parse.GetValue(paths) ?? [],
                Given(parse, format),
                Given(parse, classified),
                Given(parse, tolerance),
                Given(parse, timestamp),
                Given(parse, settings)),
            Console.OpenStandardOutput,
            Console.Error,
            !Console.IsErrorRedirected,
            cancellationToken)));
        return command;
    }

    /// <summary>Does the work; apart from <see cref="Create"/> so that tests can look at what it prints.</summary>
    internal static int Run(
        RawArguments raw, Func<Stream> openOutput, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        var (arguments, mistakes) = CorrelateArguments.Check(raw);
        if (arguments is null)
        {
            foreach (var mistake in mistakes)
            {
                errors.WriteLine($"correlate: {mistake}");
            }

            return Unusable;
        }

        try
        {
            using var progress = isTerminal ? new ProgressBar(errors) : null;
            using var table = LogExportReader.Read(arguments.Paths, progress, cancellationToken);
            progress?.Clear();
            if (table.Input.Entries == 0)
            {
                errors.WriteLine($"correlate: no log entry in the input{FirstReason(table.Input)}. Expected entries of Cloud Logging, as gcloud logging read or a log sink writes them.");
                return Unusable;
            }

            var analysis = Correlator.Analyse(table, arguments.Options, cancellationToken);
            if (arguments.Classified is { } file)
            {
                using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
                ClassifiedWriter.Write(analysis, stream, cancellationToken);
            }

            using var output = openOutput();
            if (arguments.Json)
            {
                CorrelateJson.Write(analysis, output);
            }
            else
            {
                CorrelateTable.Write(analysis, output);
            }

            return 0;
        }
        catch (LogExportException e)
        {
            errors.WriteLine($"correlate: {e.Message}");
            return Unusable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"correlate: {e.Message}");
            return Unusable;
        }
    }

    private static string FirstReason(LogInput input) =>
        input.Skipped.Count == 0 ? "" : $" ({input.SkippedCount} pieces were skipped, the first because: {input.Skipped[0].Reason})";

    private static Option<string?> Option(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Null when the option was not given; empty when it was given without a value.</summary>
    private static string? Given(ParseResult parse, Option<string?> option) =>
        parse.GetResult(option) is null ? null : parse.GetValue(option) ?? "";
}
