using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Web.Commands.Audit;

namespace OpsConsole.Web.Commands;

/// <summary><c>verify BUNDLE</c>: checks an evidence bundle, offline and with no database. Exit code 0: verified; 1: problems; 2: it could not run.</summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Printed = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "The zip, or the folder that it was unpacked into." };
        var trust = AuditOptions.Trust("Verifier key that you got another way than with the bundle: of the log, and of witnesses who must have signed. Repeatable.");
        var format = AuditOptions.Format();
        var command = new Command("verify", "Verify an evidence bundle, offline. Exit code 0: verified, 1: problems, 2: could not run.") { bundle, trust, format };
        command.SetAction((parse, cancellationToken) => Stopping.RunAsync("verify", () => Task.FromResult(Run(
            parse.GetValue(bundle)!, parse.GetValue(trust) ?? [], parse.GetValue(format), Console.Out, Console.Error, !Console.IsErrorRedirected, cancellationToken)), Console.Error, cancellationToken));
        return command;
    }

    /// <summary>Does the work; apart from <see cref="Create"/> so that tests can look at what it prints.</summary>
    internal static int Run(
        string bundle, IReadOnlyList<string> trust, string? format, TextWriter output, TextWriter errors, bool isTerminal, CancellationToken cancellationToken)
    {
        var mistakes = new List<string>();
        var json = AuditOptions.IsJson(format, mistakes);
        var keys = new List<VerifierKey>();
        foreach (var text in trust)
        {
            if (VerifierKey.TryParse(text, out var key, out var problem))
            {
                keys.Add(key);
            }
            else
            {
                mistakes.Add($"--trust '{text}': {problem}");
            }
        }

        if (!File.Exists(bundle) && !Directory.Exists(bundle))
        {
            mistakes.Add($"There is no bundle '{bundle}'.");
        }

        if (mistakes.Count > 0)
        {
            return Refuse(mistakes, errors);
        }

        var reached = new EvidenceProgress("", 0, 0);
        try
        {
            BundleVerdict verdict;
            using (var progress = isTerminal ? new TerminalProgress(errors) : null)
            {
                verdict = BundleVerifier.Verify(
                    bundle,
                    BundleTrust.Of(keys),
                    p =>
                    {
                        reached = p;
                        progress?.Report(p.Doing, p.Done, p.Total);
                    },
                    cancellationToken);
            }

            output.Write(json ? Json(verdict) : Table(verdict));
            return verdict.IsGood ? 0 : VerifyLogCommand.Problems;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            errors.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"verify did not finish: {Stopping.Why} {(reached.Total > 0 ? $"It had read {reached.Done:N0} of {reached.Total:N0} leaves. " : "")}Nothing is known of the bundle before all of it is read."));
            return ServeCommand.BadSettings;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return Refuse([e.Message], errors);
        }
    }

    private static int Refuse(IEnumerable<string> reasons, TextWriter errors)
    {
        foreach (var reason in reasons)
        {
            errors.WriteLine($"verify could not run: {reason}");
        }

        return ServeCommand.BadSettings;
    }

    private static string Summary(BundleVerdict verdict) => !verdict.IsGood
        ? $"{verdict.Problems.Count.ToString(CultureInfo.InvariantCulture)} {(verdict.Problems.Count == 1 ? "problem" : "problems")}. The first: {verdict.Problems[0].Sentence}"
        : verdict.KeysCameWithIt
            ? "The bundle fits together. The key that vouches for it came with it: compare the key, or give yours with --trust."
            : "The bundle is what the log signed.";

    private static string Table(BundleVerdict verdict)
    {
        var text = new StringBuilder(verdict.IsGood ? "VERIFIED  " : "PROBLEMS  ").Append(Summary(verdict)).Append('\n');
        foreach (var problem in verdict.Problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {problem.File ?? "bundle"}{(problem.Index is { } index ? $", index {index}" : "")}\n    {problem.Sentence}\n");
            if (problem.Expected is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"    expected  {problem.Expected}\n");
            }

            if (problem.Found is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"    found     {problem.Found}\n");
            }
        }

        text.Append('\n');
        if (verdict.Log is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"  log           {verdict.Log}, {verdict.TreeSize:N0} leaves, root {verdict.RootHash}\n");
        }

        foreach (var key in verdict.Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"  key           {key}{(verdict.KeysCameWithIt ? "  (came with the bundle)" : "  (yours)")}\n");
        }

        if (verdict.IsGood && verdict.Manifest is { } m)
        {
            text.Append(CultureInfo.InvariantCulture, $"  taken         {m.ExportedAt} by {m.ExportedBy}{(m.Filter is null ? "" : $", filter {m.Filter.Text}")}\n");
        }

        Lines("verified", verdict.Verified);
        Lines("not verified", verdict.NotVerified);
        return text.ToString();

        void Lines(string name, IReadOnlyList<string> values)
        {
            for (var i = 0; i < values.Count; i++)
            {
                text.Append("  ").Append((i == 0 ? name : "").PadRight(14)).Append(values[i]).Append('\n');
            }
        }
    }

    private static string Json(BundleVerdict verdict)
    {
        var node = JsonSerializer.SerializeToNode(verdict, Printed)!.AsObject();
        node.Insert(0, "summary", Summary(verdict));
        node.Insert(0, "outcome", verdict.IsGood ? "verified" : "problems");
        return node.ToJsonString(Printed) + "\n";
    }
}
