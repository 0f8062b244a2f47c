using System.CommandLine;
using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>
/// <c>audit verify</c>: verifies the stored audit trail, with the console stopped or beside it. Exit code 0: nothing is wrong; 1: problems, each is named;
/// 2: it could not run.
/// </summary>
internal static class VerifyLogCommand
{
    /// <summary>Exit code of a verification that found something.</summary>
    public const int Problems = 1;

    /// <summary>The verb.</summary>
    public static Command Create(SharedOptions shared)
    {
        var from = AuditOptions.From();
        var to = AuditOptions.To();
        var format = AuditOptions.Format();
        var full = new Option<bool>("--full") { Description = "Also on logs above 250,000 leaves: disclosed fields against their commitments, receipts, actors, and the words of the search; takes several times as long." };
        var trust = AuditOptions.Trust("Verifier key that the log must be signed with, from somewhere else than this machine. Default: the keys of the key file. Repeatable.");
        var anchors = new Option<string[]>("--anchors") { Description = "Folder with checkpoints that were anchored, besides those of the settings. Repeatable.", HelpName = "DIR" };
        var command = new Command("verify", "Verify the audit trail: hashes, columns, tree, signatures, anchors, witnesses. Exit code 0: nothing is wrong, 1: problems, 2: could not run.")
        {
            from, to, full, format, trust, anchors,
        };
        command.SetAction((parse, cancellationToken) => Stopping.RunAsync("audit verify", () => RunAsync(
            new VerifyLogArguments(
                shared.Read(parse), parse.GetValue(from), parse.GetValue(to), parse.GetValue(full), parse.GetValue(format), parse.GetValue(trust) ?? [], parse.GetValue(anchors) ?? []),
            Console.Out,
            Console.Error,
            !Console.IsErrorRedirected,
            cancellationToken), Console.Error, cancellationToken));
        return command;
    }

    /// <summary>Does the work; apart from <see cref="Create"/> so that tests can look at what it prints.</summary>
    internal static async Task<int> RunAsync(VerifyLogArguments arguments, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        try
        {
            return await BeginAsync(arguments, output, errors, isTerminal, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await Stopping.TellAsync("audit verify", "It had not begun: nothing was verified, and nothing is on record.", errors);
        }
    }

    private static async Task<int> BeginAsync(VerifyLogArguments arguments, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        var mistakes = new List<string>();
        var (from, to) = CommandPoint.Range(arguments.From, arguments.To, mistakes);
        var json = AuditOptions.IsJson(arguments.Format, mistakes);
        AuditPlace? place = null;
        if (mistakes.Count == 0)
        {
            (place, var reasons) = await AuditPlace.OpenAsync(arguments.Settings, arguments.Trust, arguments.Anchors, cancellationToken);
            mistakes.AddRange(reasons);
        }

        if (place is null)
        {
            return await RefuseAsync(mistakes, errors);
        }

        await using (place)
        {
            var request = new VerifyRequest
            {
                From = from.Time,
                To = to.Time,
                FromIndex = from.Index,
                ToIndex = to.Index,
                Full = arguments.Full,
                FullUpTo = VerifyRequest.SmallLog,
                SealerIsStopped = await IsStoppedAsync(place, cancellationToken),
            };
            return await RunAsync(place, request, json, output, errors, isTerminal, cancellationToken);
        }
    }

    private static async Task<int> RunAsync(
        AuditPlace place, VerifyRequest request, bool json, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        await using var turn = await KilledActs.TakeAsync(place.Turns, cancellationToken);

        // What is there now is verified as it is; sealing it first could wipe out traces.
        var intent = Verifications.Intent(place.Acts.Of(AuditPlace.Actor, AuditActions.AuditVerify, AuditOutcome.Unknown), request, console: null, turn?.Name);
        var unrecorded = await place.RecordAsync(intent, cancellationToken);
        VerifyReport? report = null;
        string? reason = null;
        var isStopped = false;
        var reached = new VerifyProgress("", 0, 0, 0);
        try
        {
            using var progress = isTerminal ? new TerminalProgress(errors) : null;
            report = await place.Verifier.RunAsync(
                request,
                place.Trust,
                p =>
                {
                    reached = p.At is null ? reached : p;
                    progress?.Report(p.Doing, p.Done, p.Total);
                },
                cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is OperationCanceledException or AuditUnavailableException or InvalidDataException)
        {
            // A statement that was broken off may say so in any of these ways.
            isStopped = true;
            reason = HowFar(reached);
        }
        catch (Exception e)
        {
            // A bug of ours too: 1 would say that the log is wrong.
            reason = e is AuditUnavailableException ? e.Message : $"The verification met something that it did not expect: {e.Message}";
        }

        if (unrecorded is null)
        {
            unrecorded = await place.RecordAsync(
                Verifications.Outcome(
                    place.Acts.Of(AuditPlace.Actor, AuditActions.AuditVerify, AuditOutcome.Failure), intent.Id, request, report, isStopped ? $"{Stopping.Why} {reason}" : reason),
                isStopped);
        }

        if (isStopped)
        {
            return await Stopping.TellAsync("audit verify", unrecorded is null ? reason! : $"{reason} {unrecorded}", errors);
        }

        if (report is null)
        {
            return await RefuseAsync([reason!], errors);
        }

        var remarks = new List<string>();
        if (unrecorded is not null)
        {
            remarks.Add(unrecorded);
        }

        if (!report.IsGood)
        {
            remarks.Add("Nothing was sealed: what waits stays as it is until the problems are understood.");
        }
        else if (unrecorded is null && await place.SealAsync(CancellationToken.None) is { } unsealed)
        {
            remarks.Add(unsealed);
        }

        await output.WriteAsync(json ? VerifyLogText.Json(report, remarks) : VerifyLogText.Table(report, remarks));
        return report.IsGood ? 0 : Problems;
    }

    // Only what lies below a checkpoint whose root was right is certain.
    internal static string HowFar(VerifyProgress reached) => reached switch
    {
        { Problems: > 0 and var problems } => string.Create(
            CultureInfo.InvariantCulture, $"It had found {problems:N0} {(problems == 1 ? "problem" : "problems")}: run it to its end to have {(problems == 1 ? "it" : "them")} named."),
        { At: { } at, Start: var start } when at > start => string.Create(
            CultureInfo.InvariantCulture, $"Nothing is wrong with the leaves {(start > 0 ? $"from index {start:N0} to " : "")}below index {at:N0}: go on with --from {at}."),
        _ => "It had not come to a signed checkpoint yet: it begins anew.",
    };

    private static async Task<bool> IsStoppedAsync(AuditPlace place, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await place.SealStore.OpenAsync(cancellationToken);
            return session is not null;
        }
        catch (Exception e) when (e is AuditUnavailableException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<string> reasons, TextWriter errors)
    {
        foreach (var reason in reasons)
        {
            await errors.WriteLineAsync($"audit verify could not run: {reason}");
        }

        return ServeCommand.BadSettings;
    }
}
