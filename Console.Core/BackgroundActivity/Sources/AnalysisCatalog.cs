using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.Access;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>All sets of logs of this console. One for the whole process: what one reader loads, all share.</summary>
public sealed class AnalysisCatalog : IAsyncDisposable
{
    private readonly ILogs _logs;
    private readonly ICloudRun _cloudRun;
    private readonly SourceSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RevisionSettingsBook _book;
    private readonly WindowProbe _probe;
    private readonly ConcurrentDictionary<string, LiveSource> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AnalysisId, FileSourceBase> _files = new();

    /// <summary>Makes the catalog and lists the windows and uploads that an earlier run left in their folders.</summary>
    /// <exception cref="IOException">A folder cannot be made or read.</exception>
    public AnalysisCatalog(ILogs logs, ICloudRun cloudRun, SourceSettings settings, TimeProvider time, ILogger<AnalysisCatalog> logger)
    {
        _logs = logs;
        _cloudRun = cloudRun;
        _settings = settings;
        _time = time;
        _logger = logger;
        _book = new RevisionSettingsBook(cloudRun, time);
        _probe = new WindowProbe(logs, time);
        PrivateFolder.Make(settings.UploadFolder);
        PrivateFolder.Make(settings.WindowFolder);
        foreach (var part in Directory.EnumerateFiles(settings.UploadFolder, "*.part"))
        {
            // An upload that a stop of the console cut off: one server at a time uses this folder.
            Sidecar.Delete(part, logger);
        }

        foreach (var (id, record) in Sidecar.ReadAll<UploadRecord>(settings.UploadFolder, SourceKind.Upload, logger))
        {
            _files[id] = new UploadSource(id, record, settings, _book, time, logger);
        }

        foreach (var (id, record) in Sidecar.ReadAll<WindowRecord>(settings.WindowFolder, SourceKind.Window, logger))
        {
            _files[id] = NewWindow(id, record);
        }
    }

    /// <summary>Every source: live ones in the order of the projects, then windows and uploads, newest first.</summary>
    internal IReadOnlyList<IAnalysisSource> All =>
    [
        .. _cloudRun.Projects.Select(Live),
        .. _files.Values.OrderByDescending(static f => f.Id.Value[(f.Id.Value.IndexOf('-', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal),
    ];

    /// <summary>The sources that somebody may look at, in the order of <see cref="All"/>.</summary>
    public IReadOnlyList<IAnalysisSource> AllFor(Actor? actor) => actor is null ? [] : [.. All.Where(source => IsFor(actor, source))];

    /// <summary>A source by id, if somebody may look at it; null when there is none for them.</summary>
    public IAnalysisSource? FindFor(Actor? actor, AnalysisId id) => actor is not null && Find(id) is { } source && IsFor(actor, source) ? source : null;

    /// <summary>Whether somebody may look at a source: one of their projects, or an upload (which may hold logs of any project) where their role has no limit.</summary>
    private static bool IsFor(Actor actor, IAnalysisSource source) => source.Kind == SourceKind.Upload
        ? actor.MayEverywhere(Permission.ViewBackgroundActivity)
        : actor.MayIn(Permission.ViewBackgroundActivity, source.Project);

    /// <summary>Largest upload in bytes.</summary>
    public long UploadLimitBytes => _settings.UploadLimitBytes;

    /// <summary>Where uploads are streamed to before <see cref="AddUpload"/> takes them over.</summary>
    public string UploadFolder => _settings.UploadFolder;

    /// <summary>The live logs of a configured project. Reading begins with the first subscriber.</summary>
    /// <exception cref="ArgumentException">The project is not one of this console.</exception>
    internal IAnalysisSource Live(string project) =>
        _cloudRun.Projects.Contains(project, StringComparer.Ordinal)
            ? _live.GetOrAdd(project, static (p, me) => new LiveSource(p, me._logs, me._book, me._settings, me._time, me._logger), this)
            : throw new ArgumentException($"{project} is not a project of this console.", nameof(project));

    /// <summary>A source by id; null when there is none (deleted, or of a project that is not configured).</summary>
    internal IAnalysisSource? Find(AnalysisId id) =>
        id.Kind != SourceKind.Live ? _files.GetValueOrDefault(id)
        : _cloudRun.Projects.Contains(id.LiveProject, StringComparer.Ordinal) ? Live(id.LiveProject)
        : null;

    /// <summary>What a window would cost: makes a few calls. Never throws for failures of Google: see <see cref="WindowEstimate.Problem"/>.</summary>
    public Task<WindowEstimate> EstimateWindowAsync(WindowRequest request, CancellationToken cancellationToken) =>
        WhyNot(request) is { } mistake
            ? Task.FromResult(new WindowEstimate { Problem = mistake })
            : _probe.EstimateAsync(request, cancellationToken);

    /// <summary>What is wrong with a request for a window; null when it can be read.</summary>
    public string? WhyNot(WindowRequest request) =>
        _cloudRun.Projects.Contains(request.Project, StringComparer.Ordinal)
            ? request.WhyNot(_time.GetUtcNow())
            : $"{request.Project} is not a project of this console.";

    /// <summary>Starts reading a window in the background.</summary>
    /// <exception cref="ArgumentException"><see cref="WhyNot"/> names a mistake.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public AnalysisId StartWindow(WindowRequest request)
    {
        if (WhyNot(request) is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(request));
        }

        var id = AnalysisId.NewWindow();
        var record = new WindowRecord { Request = request };
        Sidecar.Write(WindowSource.RecordFile(_settings, id), record);
        var source = NewWindow(id, record);
        _files[id] = source;
        source.Start();
        return id;
    }

    /// <summary>Stops reading a window or an upload; what was read is analysed and stays.</summary>
    public void Cancel(AnalysisId id) => _files.GetValueOrDefault(id)?.Cancel();

    /// <summary>Goes on reading a window (or reads an upload again) that was cancelled, interrupted or failed.</summary>
    public void Resume(AnalysisId id)
    {
        if (_files.GetValueOrDefault(id) is { State: SourceState.Cancelled or SourceState.Failed or SourceState.Waiting } source)
        {
            source.Start();
        }
    }

    /// <summary>Takes over a finished upload: a file in <see cref="UploadFolder"/>, which is renamed, indexed, and read in the background.</summary>
    /// <param name="partialFile">Path of the file as it was streamed to the disk.</param>
    /// <param name="name">The name that the user's file had.</param>
    /// <param name="by">Who uploaded it, for the list.</param>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public AnalysisId AddUpload(string partialFile, string name, string by)
    {
        var id = AnalysisId.NewUpload();
        var record = new UploadRecord { Name = name, Bytes = new FileInfo(partialFile).Length, UploadedAt = _time.GetUtcNow(), By = by };
        File.Move(partialFile, UploadSource.DataFile(_settings, id));
        try
        {
            Sidecar.Write(UploadSource.RecordFile(_settings, id), record);
        }
        catch
        {
            // Without its record it would lie there unseen for ever.
            Sidecar.Delete(UploadSource.DataFile(_settings, id), _logger);
            throw;
        }

        var source = new UploadSource(id, record, _settings, _book, _time, _logger);
        _files[id] = source;
        source.Start();
        return id;
    }

    /// <summary>Forgets a window or an upload and deletes its files. Live sources stay.</summary>
    public async Task RemoveAsync(AnalysisId id)
    {
        if (_files.TryRemove(id, out var source))
        {
            await source.DisposeAsync();
            source.DeleteFiles();
            source.Retire();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _live.Values)
        {
            await source.DisposeAsync();
        }

        foreach (var source in _files.Values)
        {
            await source.DisposeAsync();
            source.Retire();
        }
    }

    private WindowSource NewWindow(AnalysisId id, WindowRecord record) => new(id, record, _logs, _settings, _book, _time, _logger);
}
