using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Web.AuditTrail.Browsing;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Commands.Audit;

/// <summary><c>audit export</c>: writes an evidence bundle. Exit code 0: it is there; 1: the stored log is damaged, no bundle is made of it; 2: it could not run.</summary>
internal static class ExportCommand
{
    private static readonly JsonSerializerOptions Printed = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The verb.</summary>
    public static Command Create(SharedOptions shared)
    {
        var from = AuditOptions.From();
        var to = AuditOptions.To();
        var filter = new Option<string?>("--filter")
        {
            Description = "Which events to disclose, such as 'action:run.* outcome:denied actor:ada@acme.example words'. The leaves of all others come along, undisclosed. Default: all are disclosed.",
            HelpName = "FILTER",
        };
        var file = new Option<string?>("--out") { Description = "The zip to write; one of that name is replaced.", HelpName = "FILE.zip" };
        var format = AuditOptions.Format();
        var trust = AuditOptions.Trust("Verifier key that the log is signed with, for where its private key is not: what waits is then not sealed, and the manifest not signed. Default: the keys of the key file. Repeatable.");
        var command = new Command("export", "Export evidence for an auditor: leaves, proofs, disclosures and a report in one zip, which `opsconsole verify` and foreign tools check.")
        {
            from, to, filter, file, format, trust,
        };
        command.SetAction((parse, cancellationToken) => Stopping.RunAsync("audit export", () => RunAsync(
            new ExportArguments(
                shared.Read(parse), parse.GetValue(from), parse.GetValue(to), parse.GetValue(filter), parse.GetValue(file), parse.GetValue(format), parse.GetValue(trust) ?? []),
            Console.Out,
            Console.Error,
            !Console.IsErrorRedirected,
            cancellationToken), Console.Error, cancellationToken));
        return command;
    }

    /// <summary>Does the work; apart from <see cref="Create"/> so that tests can look at what it prints.</summary>
    internal static async Task<int> RunAsync(ExportArguments arguments, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        try
        {
            return await BeginAsync(arguments, output, errors, isTerminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await Stopping.TellAsync("audit export", "It had not begun: nothing was written, and nothing is on record.", errors);
        }
    }

    private static async Task<int> BeginAsync(ExportArguments arguments, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        var mistakes = new List<string>();
        var (from, to) = CommandPoint.Range(arguments.From, arguments.To, mistakes);
        var json = AuditOptions.IsJson(arguments.Format, mistakes);
        var filter = arguments.Filter is { } text ? Filter(text, mistakes) : null;

        if (string.IsNullOrWhiteSpace(arguments.Out))
        {
            mistakes.Add("--out FILE.zip is missing.");
        }
        else if (Directory.Exists(arguments.Out) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(arguments.Out))))
        {
            mistakes.Add($"--out '{arguments.Out}' is a folder, or its folder does not exist.");
        }

        AuditPlace? place = null;
        if (mistakes.Count == 0)
        {
            (place, var reasons) = await AuditPlace.OpenAsync(arguments.Settings, arguments.Trust, [], cancellationToken);
            mistakes.AddRange(reasons);
        }

        if (place is null)
        {
            return await RefuseAsync(mistakes, errors);
        }

        await using (place)
        {
            var request = new EvidenceRequest { From = from.Time, To = to.Time, FromIndex = from.Index, ToIndex = to.Index, Filter = filter };
            return await RunAsync(place, request, arguments.Out!, json, output, errors, isTerminal, cancellationToken);
        }
    }

    // The language of the filter box; a filter that asks for nothing would disclose everything, which is not what somebody wants who types one.
    private static EvidenceFilter? Filter(string text, List<string> mistakes)
    {
        var terms = FilterQuery.Parse(text);
        var problems = terms.Terms.Count == 0 ? ["it is empty. Leave it out to disclose everything."] : EventFilter.Problems(terms);
        mistakes.AddRange(problems.Select(static p => $"--filter: {p}"));
        return problems.Count > 0 ? null : new EvidenceFilter(terms.ToString(), EventFilter.Query(terms, null, null));
    }

    private static async Task<int> RunAsync(
        AuditPlace place, EvidenceRequest request, string path, bool json, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        await using var turn = await KilledActs.TakeAsync(place.Turns, cancellationToken);
        var remarks = new List<string>();
        string? intent = null;
        try
        {
            intent = await place.Exports.BeginAsync(AuditPlace.Actor, request, cancellationToken, turn?.Name);
        }
        catch (AuditUnavailableException e)
        {
            remarks.Add($"This export is not on record: {e.Message}");
        }

        try
        {
            if (await SealAsync(place, request, intent, cancellationToken) is { } unsealed)
            {
                remarks.Add($"{unsealed} The bundle ends at the last checkpoint.");
            }

            EvidenceResult result;
            using (var progress = isTerminal ? new TerminalProgress(errors) : null)
            {
                result = await place.Exports.RunAsync(
                    AuditPlace.Actor, request, intent, path, progress is null ? null : p => progress.Report(p.Doing, p.Done, p.Total), cancellationToken);
            }

            if (intent is not null)
            {
                await place.SealAsync(CancellationToken.None);
            }

            return await TellAsync(result, path, remarks, json, output, errors);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or AuditUnavailableException or InvalidDataException)
        {
            // A statement that was broken off may say so in any of these ways.
            return await Stopping.TellAsync("audit export", $"{path} {(File.Exists(path) ? "is as it was before" : "was not written")}.", errors);
        }
        catch (Exception e) when (e is AuditUnavailableException or IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync([e.Message], errors);
        }
    }

    private static async Task<string?> SealAsync(AuditPlace place, EvidenceRequest request, string? intent, CancellationToken cancellationToken)
    {
        try
        {
            return await place.SealAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && intent is not null)
        {
            using var late = new CancellationTokenSource(Stopping.Patience);
            await place.Exports.EndAsync(AuditPlace.Actor, request, intent, "Cancelled.", late.Token);
            throw;
        }
    }

    private static async Task<int> TellAsync(EvidenceResult result, string path, List<string> remarks, bool json, TextWriter output, TextWriter errors)
    {
        switch (result)
        {
            case EvidenceResult.Damaged damaged:
                await errors.WriteLineAsync($"audit export: no bundle was made: {damaged.Reason}");
                return VerifyLogCommand.Problems;
            case EvidenceResult.Nothing nothing:
                return await RefuseAsync([nothing.Reason], errors);
            case EvidenceResult.Written { Manifest: var m } written when json:
                await output.WriteLineAsync(JsonSerializer.Serialize(
                    new { file = Path.GetFullPath(path), bytes = written.Bytes, sha256 = written.Sha256, log = m.Log, treeSize = m.TreeSize, rootHash = m.RootHash, range = m.Range, counts = m.Counts, @event = m.Event, notes = m.Notes, remarks }, Printed));
                return 0;
            case EvidenceResult.Written { Manifest: var m } written:
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    EXPORTED  {m.Counts.Disclosed:N0} of {m.Counts.Events:N0} events are disclosed, {m.Counts.Leaves:N0} leaves ({m.Range.From:N0} to {m.Range.To - 1:N0} of {m.TreeSize:N0}).
                      file      {Path.GetFullPath(path)}, {written.Bytes:N0} bytes
                      sha256    {written.Sha256}
                      log       {m.Log}, root {m.RootHash}
                      check it  opsconsole verify {path} --trust VKEY
                    """));
                foreach (var remark in m.Notes.Concat(remarks))
                {
                    await output.WriteLineAsync($"  note      {remark}");
                }

                return 0;
            default:
                throw new InvalidOperationException($"An export ended in a way that nobody knows: {result}.");
        }
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<string> reasons, TextWriter errors)
    {
        foreach (var reason in reasons)
        {
            await errors.WriteLineAsync($"audit export could not run: {reason}");
        }

        return ServeCommand.BadSettings;
    }
}
