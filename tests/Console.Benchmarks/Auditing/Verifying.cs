using System.Diagnostics;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;

namespace OpsConsole.Benchmarks.Auditing;

/// <summary>How long it takes to verify a whole trail, and how much memory; each run prints a line.</summary>
internal static class Verifying
{
    public static async Task RunAsync(Arguments arguments, TextWriter output)
    {
        var folder = arguments.Text("folder") ?? Path.Combine(Path.GetTempPath(), "opsconsole-bench");
        await using var database = ConsoleDatabase.For(arguments.Text("connection") ?? "", Path.Combine(folder, "console.db"));
        var keys = LogKeys.Open(Path.Combine(folder, "audit.key"), "opsconsole.local/audit");
        using var http = new HttpClient();
        var verifier = new Verifier(new LedgerSource(database), new WitnessMonitor(http, TimeSpan.FromSeconds(5), TimeProvider.System), TimeProvider.System);
        var trust = new VerifyTrust { LogKeys = keys.VerifierKeys };
        if (arguments.Text("tamper") is not null)
        {
            await Tampering.RunAsync(arguments.Needed("connection"), new LedgerSource(database), trust, arguments.Number("tamper", 0), output);
            return;
        }

        output.WriteLine("| run | leaves | s | leaves/s | processor µs a leaf, here | in PostgreSQL | peak working set MB | problems |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var full in (bool[])[false, true])
        {
            for (var run = 0; run < arguments.Number("runs", 3); run++)
            {
                var (own, server) = await ProcessorTime.ReadAsync(arguments.Text("connection"));
                var clock = Stopwatch.StartNew();
                var report = await verifier.RunAsync(new VerifyRequest { Full = full, SealerIsStopped = true }, trust, null, CancellationToken.None);
                var seconds = clock.Elapsed.TotalSeconds;
                var (ownAfter, serverAfter) = await ProcessorTime.ReadAsync(arguments.Text("connection"));
                using var process = Process.GetCurrentProcess();
                output.WriteLine(FormattableString.Invariant(
                    $"| {(full ? "full" : "default")} | {report.TreeSize:N0} | {seconds:N1} | {report.TreeSize / seconds:N0} | {(ownAfter - own) * 1e6 / report.TreeSize:N1} | {(serverAfter - server) * 1e6 / report.TreeSize:N1} | {process.PeakWorkingSet64 / 1e6:N0} | {report.ProblemCount} |"));
            }
        }
    }
}
