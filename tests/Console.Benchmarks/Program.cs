using System.Diagnostics;
using OpsConsole.Benchmarks;
using OpsConsole.Benchmarks.Auditing;
using OpsConsole.Benchmarks.Comparing;
using OpsConsole.Benchmarks.Generating;
using OpsConsole.Benchmarks.Loading;
using OpsConsole.Benchmarks.Scoring;
using OpsConsole.Benchmarks.Sealing;

var arguments = new Arguments(args);
switch (args.FirstOrDefault())
{
    case "generate":
        var clock = Stopwatch.StartNew();
        var (entries, bytes) = World.Generate(
            arguments.Number("entries", 1_000_000), (int)arguments.Number("seed", 1), arguments.Needed("out"), arguments.Text("truth"));
        Console.WriteLine(FormattableString.Invariant(
            $"{entries:N0} entries, {bytes / 1e6:N1} MB, {bytes / entries} bytes each, {clock.Elapsed.TotalSeconds:N1} s, {bytes / 1e6 / clock.Elapsed.TotalSeconds:N0} MB/s"));
        return 0;
    case "score":
        // Tails below the largest tolerance that the data can lead to count neither way.
        var score = new Score(arguments.Number("tolerance-ms", 100) / 1000.0);
        return score.Run(arguments.Needed("classified"), arguments.Needed("truth"), Console.Out) ? 0 : 1;
    case "compare":
        return new Comparison(arguments).Run(Console.Out);
    case "audit-fill":
        await Filling.RunAsync(arguments, Console.Out);
        return 0;
    case "audit-browse":
        await Browsing.RunAsync(arguments, Console.Out);
        return 0;
    case "audit-verify":
        await Verifying.RunAsync(arguments, Console.Out);
        return 0;
    case "seal":
        await SealBenchmarks.SealAsync(arguments.Number("events", 500_000), Console.Out);
        return 0;
    case "seal-latency":
        await SealBenchmarks.LatencyAsync((int)arguments.Number("rate", 2_000), (int)arguments.Number("seconds", 20), Console.Out);
        return 0;
    case "append":
        await SealBenchmarks.AppendAsync((int)arguments.Number("seconds", 5), (int)arguments.Number("runs", 5), Console.Out);
        return 0;
    case "circuits":
        return await CircuitsBenchmark.RunAsync(arguments, Console.Out) ? 0 : 1;
    case "soak":
        return await SoakBenchmark.RunAsync(arguments, Console.Out) ? 0 : 1;
    case "ingest":
        return await IngestBenchmark.RunAsync(arguments, Console.Out) ? 0 : 1;
    default:
        Console.Error.WriteLine("""
            generate --entries N --seed S --out FILE [--truth FILE]   a seeded export, and the truth about it
            score --classified FILE --truth FILE [--tolerance-ms 100]  precision and recall of 'correlate --classified'
            audit-fill --events N [--size lean] [--seed S] [--writers 2] --folder DIR | --connection STRING   synthetic audit events, appended and sealed
            audit-fill … --by copy --connection STRING                 the same rows in an empty PostgreSQL database, sealed over a year, without being appended one by one
            audit-browse [--runs 5] --folder DIR | --connection STRING  what browsing such a trail takes
            audit-verify [--runs 3] --folder DIR | --connection STRING  verifying such a trail: time and memory
            audit-verify --tamper INDEX --connection STRING            one bad leaf there, as the owner makes it: what is told, and what is read for it
            compare [--entries N,N…] [--runs 3] [--opsconsole PROGRAM] opsconsole against DuckDB, in one run on the same file
            seal [--events 500000]                                     the sealer alone, PostgreSQL on this machine
            seal-latency [--rate 2000] [--seconds 20]                  from commit to the signed checkpoint, at a steady rate
            append [--seconds 5] [--runs 5]                            what audit.append adds to a business transaction, by pgbench
            circuits [--people 200] [--seconds 60] [--every 5] [--console DLL]  people with live pages: interaction, memory a page
            soak [--minutes 60] [--people 50]                          people who come, use the console and go: does the heap grow?
            ingest [--rate 2000] [--seconds 60] [--people 50] [--batch N] [--beyond 10]  events over HTTP into PostgreSQL while people read the trail, then too many
            """);
        return 2;
}
