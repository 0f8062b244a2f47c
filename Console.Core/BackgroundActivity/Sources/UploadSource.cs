using Microsoft.Extensions.Logging;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>An uploaded export. It is read when somebody looks, for a restart must not read gigabytes that nobody asked for.</summary>
internal sealed class UploadSource : FileSourceBase
{
    private readonly UploadRecord _record;
    private readonly SourceSettings _settings;

    public UploadSource(AnalysisId id, UploadRecord record, SourceSettings settings, RevisionSettingsBook book, TimeProvider time, ILogger logger)
        : base(id, DataFile(settings, id), Initial(record), book, time, logger)
    {
        _record = record;
        _settings = settings;
    }

    public override string Title => _record.Name;

    public static string DataFile(SourceSettings settings, AnalysisId id) => Path.Combine(settings.UploadFolder, id.Value + ".log");

    public static string RecordFile(SourceSettings settings, AnalysisId id) => Path.Combine(settings.UploadFolder, id.Value + ".json");

    public override void DeleteFiles()
    {
        Sidecar.Delete(RecordFile(_settings, Id), Logger);
        Sidecar.Delete(DataPath, Logger);
    }

    protected override void OnSubscribers(int count)
    {
        if (count > 0 && State == SourceState.Waiting)
        {
            Start();
        }
    }

    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        // A packed file may unpack to five times what may be uploaded; the reader also refuses what packs too well to be a log.
        var progress = new Reporter(this);
        return PublishAsync(
            token => LogExportReader.ReadUntrusted([DataPath], _settings.UploadLimitBytes * 5, progress, token),
            SourceState.Ready,
            [],
            cancellationToken);
    }

    private static SourceSnapshot Initial(UploadRecord record) => new()
    {
        State = SourceState.Waiting,
        Progress = new SourceProgress { Doing = "Not read yet: open it to read it.", BytesTotal = record.Bytes },
    };

    // Progress<T> would post to a synchronisation context and could tell of the past after the end.
    private sealed class Reporter(UploadSource source) : IProgress<(long Read, long Total)>
    {
        public void Report((long Read, long Total) value) => source.Update(s => s.State != SourceState.Reading
            ? s
            : s with
            {
                Progress = s.Progress with
                {
                    Doing = "Reading the file.",
                    BytesRead = value.Read,
                    BytesTotal = value.Total,
                    Fraction = value.Total > 0 ? Math.Clamp((double)value.Read / value.Total, 0, 1) : null,
                },
            });
    }
}
