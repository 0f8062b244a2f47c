using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>
/// The audit trail of a data folder or of PostgreSQL, for verbs of the command line: with the console stopped, or beside it. Nothing is made: no
/// folder, no database, no key.
/// </summary>
internal sealed class AuditPlace : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly ServiceProvider? _google;

    private AuditPlace(ConsoleDatabase database, LogKeys? keys, VerifyTrust trust, ServiceProvider? google)
    {
        Database = database;
        _google = google;
        Keys = keys;
        var time = TimeProvider.System;
        var signals = new SealSignals();
        var store = new AuditStore(database, time, signals);
        Acts = new ActEvents(time);
        Trail = new Core.AuditTrail.AuditTrail(store);
        Log = new SealedLog(database, time);
        Trust = trust;
        Verifier = new Verifier(new LedgerSource(database), new WitnessMonitor(_http, TimeSpan.FromSeconds(10), time), time);
        Exports = new RecordedExports(
            new EvidenceExporter(
                new LedgerSource(database), Log, () => new EvidenceKeys(trust.LogKeys, [.. Trust.Witnesses.Select(static w => w.Key)], keys?.Signers ?? []), time),
            Trail,
            Acts);
        SealStore = new SealStore(database, time);
        Turns = new TurnStore(database, time);
        if (keys is not null)
        {
            var sealer = new Sealer(
                SealStore, keys, new SealerOptions { Origin = keys.Origin }, signals, new SealHealth(), new SystemEvents(store, time), time, NullLogger<Sealer>.Instance);
            Waiting = new WaitingEvents(SealStore, sealer, keys);
        }
    }

    /// <summary>Who types: the user of this machine.</summary>
    public static Actor Actor { get; } = new(
        $"{Environment.UserName}@{Environment.MachineName}", $"{Environment.UserName} (command line)", [Role.Compliance]);

    /// <summary>The database.</summary>
    public ConsoleDatabase Database { get; }

    /// <summary>The log's private keys; null where the file is not there or not readable.</summary>
    public LogKeys? Keys { get; }

    /// <summary>Makes events of acts.</summary>
    public ActEvents Acts { get; }

    /// <summary>Takes them.</summary>
    public IAuditTrail Trail { get; }

    /// <summary>The sealed log.</summary>
    public SealedLog Log { get; }

    /// <summary>What is believed.</summary>
    public VerifyTrust Trust { get; }

    /// <summary>Verifies.</summary>
    public Verifier Verifier { get; }

    /// <summary>Exports.</summary>
    public RecordedExports Exports { get; }

    /// <summary>The sealer's place.</summary>
    public SealStore SealStore { get; }

    /// <summary>Turns that are held while a command runs.</summary>
    public ITurns Turns { get; }

    /// <summary>Seals what waits; null without keys.</summary>
    public WaitingEvents? Waiting { get; }

    /// <summary>Opens it.</summary>
    /// <param name="commandLine">Data folder and settings.</param>
    /// <param name="trust">Verifier keys that were typed; they stand in the place of the key file's.</param>
    /// <param name="anchors">Folders of anchors that were typed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The place, or every reason why there is none.</returns>
    public static async Task<(AuditPlace? Place, IReadOnlyList<string> Mistakes)> OpenAsync(
        CommandLineSettings commandLine, IReadOnlyList<string> trust, IReadOnlyList<string> anchors, CancellationToken cancellationToken)
    {
        var loaded = SettingsLoader.Load(commandLine, usesDataFolder: false);
        if (loaded.Failures.Count > 0)
        {
            return (null, loaded.Failures);
        }

        var settings = loaded.Settings;
        var mistakes = new List<string>();
        var trusted = ReadTrust(trust, mistakes);
        mistakes.AddRange(anchors.Where(static a => !Directory.Exists(a)).Select(static a => $"--anchors '{a}' is not a folder."));
        var keyFile = settings.Audit.KeyFile.Length > 0 ? settings.Audit.KeyFile : Path.Combine(Path.GetFullPath(settings.Data), "audit.key");
        LogKeys? keys = null;
        try
        {
            keys = File.Exists(keyFile) ? LogKeys.Open(keyFile, settings.Audit.Origin) : null;
        }
        catch (Exception e) when (trusted.Count > 0 && e is KeyFileException)
        {
            // The reader brought the key: the private one is needed for sealing alone.
        }
        catch (Exception e) when (e is KeyFileException or PlatformNotSupportedException)
        {
            mistakes.Add(e.Message);
        }

        if (mistakes.Count > 0)
        {
            return (null, mistakes);
        }

        var database = ConsoleDatabase.For(settings.Database.Connection, Path.Combine(Path.GetFullPath(settings.Data), "console.db"));
        if (await database.WhyNotReadyAsync(cancellationToken) is { } why)
        {
            await database.DisposeAsync();
            return (null, [why]);
        }

        if (keys is null && trusted.Count == 0)
        {
            await database.DisposeAsync();
            return (null, [$"There is no key file {keyFile}, so no signature could be checked. Give the log's verifier key with --trust VKEY, or the file with --set Audit:KeyFile=FILE."]);
        }

        AuditRules.TryWitnesses(settings.Audit.Witnesses, out var witnesses, out _);
        var google = settings.Audit.AnchorLog.Length > 0 && !settings.Demo ? Google(settings) : null;
        return (new AuditPlace(
            database,
            keys,
            new VerifyTrust
            {
                LogKeys = trusted.Count > 0 ? trusted : keys!.VerifierKeys,
                Witnesses = witnesses ?? [],
                AnchorFolders = [.. AnchorFolders(settings).Concat(anchors).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)],
                AnchorLogs = google is null ? [] : [new CloudLogAnchor(settings.Audit.AnchorLog, google.GetRequiredService<ICheckpointLog>())],
                Unread = settings.Audit.AnchorLog.Length > 0 && google is null
                    ? [$"The anchor {settings.Audit.AnchorLog} was not read: without a project (--project, or OpsConsole:Projects) there is no Google Cloud to ask. A demo's anchor is gone with its simulator."]
                    : [],
            },
            google), []);
    }

    /// <summary>Seals what waits, where that can be done here.</summary>
    /// <returns>Null when nothing waits any more; else why something may, as a sentence.</returns>
    public async Task<string?> SealAsync(CancellationToken cancellationToken)
    {
        if (Waiting is null)
        {
            return "What waits was not sealed: the log's private key is not at hand.";
        }

        try
        {
            return await Waiting.SealAsync(cancellationToken) ? null : "Another process seals: what waits is sealed by it.";
        }
        catch (Exception e) when (e is AuditUnavailableException or MissingTileException or UnauthorizedAccessException)
        {
            return $"What waits was not sealed: {e.Message}";
        }
    }

    /// <summary>Records an act, where the store can be written.</summary>
    /// <returns>Null when it is recorded; else why not, as a sentence.</returns>
    public async Task<string?> RecordAsync(AuditEvent act, CancellationToken cancellationToken)
    {
        try
        {
            await Trail.RecordAsync(act, cancellationToken);
            return null;
        }
        catch (AuditUnavailableException e) when (e.HoldsAnother)
        {
            // A console took this command for killed; what it came to is recorded beside that.
            return await RecordAsync(act with { Id = $"{act.Id}-{Guid.NewGuid():N}" }, cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            return $"This is not on record: {e.Message}";
        }
    }

    /// <summary>Records how an act ended.</summary>
    /// <param name="act">The event.</param>
    /// <param name="isStopped">Whether the process was told to stop: then it waits for a database that gives no answer a moment only.</param>
    /// <returns>Null when it is recorded; else why not, as a sentence.</returns>
    public async Task<string?> RecordAsync(AuditEvent act, bool isStopped)
    {
        using var late = new CancellationTokenSource(isStopped ? Stopping.Patience : Timeout.InfiniteTimeSpan);
        try
        {
            return await RecordAsync(act, late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return "That it was stopped is not on record: the database gave no answer in time.";
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_google is not null)
        {
            await _google.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    // With the credentials that the console would have here (application default), and its addresses.
    private static ServiceProvider Google(ConsoleSettings settings) =>
        new ServiceCollection().AddLogging().AddOpsConsoleCore(GoogleWiring.Connection(settings, simulator: null)).BuildServiceProvider();

    // As the console has them; a folder that was never made holds no anchor.
    private static IEnumerable<string> AnchorFolders(ConsoleSettings settings) => settings.Audit.AnchorFolders.Count > 0
        ? settings.Audit.AnchorFolders
        : new[] { Path.Combine(Path.GetFullPath(settings.Data), "anchors") }.Where(Directory.Exists);

    private static List<VerifierKey> ReadTrust(IReadOnlyList<string> trust, List<string> mistakes)
    {
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

        return keys;
    }
}
