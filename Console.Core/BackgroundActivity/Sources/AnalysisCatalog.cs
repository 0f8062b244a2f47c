using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>All sets of logs of this console. One for the whole process: what one reader loads, all share.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Members are filled in next.")]
public sealed class AnalysisCatalog(ILogs logs, ICloudRun cloudRun, SourceSettings settings, TimeProvider time, ILogger<AnalysisCatalog> logger) : IAsyncDisposable
{
    /// <summary>Every source: live ones in the order of the projects, then windows and uploads, newest first.</summary>
    public IReadOnlyList<IAnalysisSource> All => throw new NotSupportedException($"{logs}{cloudRun}{settings}{time}{logger}");

    /// <summary>The live logs of a configured project. Reading begins with the first subscriber.</summary>
    /// <exception cref="ArgumentException">The project is not one of this console.</exception>
    public IAnalysisSource Live(string project) => throw new NotSupportedException(project);

    /// <summary>A source by id; null when there is none (deleted, or of a project that is not configured).</summary>
    public IAnalysisSource? Find(AnalysisId id) => throw new NotSupportedException(id.Value);

    /// <summary>What a window would cost: makes a few calls. Never throws for failures of Google: see <see cref="WindowEstimate.Problem"/>.</summary>
    public Task<WindowEstimate> EstimateWindowAsync(WindowRequest request, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? throw new OperationCanceledException(cancellationToken) : throw new NotSupportedException(request.Project);

    /// <summary>Starts reading a window in the background.</summary>
    /// <exception cref="ArgumentException"><see cref="WindowRequest.WhyNot"/> names a mistake.</exception>
    public AnalysisId StartWindow(WindowRequest request) => throw new NotSupportedException(request.Project);

    /// <summary>Stops reading a window or an upload; what was read is analysed and stays.</summary>
    public void Cancel(AnalysisId id) => throw new NotSupportedException(id.Value);

    /// <summary>Goes on reading a window (or reads an upload again) that was cancelled or failed.</summary>
    public void Resume(AnalysisId id) => throw new NotSupportedException(id.Value);

    /// <summary>Takes over a finished upload: a file in <see cref="SourceSettings.UploadFolder"/>, which is moved and indexed.</summary>
    /// <param name="partialFile">Path of the file as it was streamed to the disk.</param>
    /// <param name="name">The name that the user's file had.</param>
    /// <param name="by">Who uploaded it, for the list.</param>
    public AnalysisId AddUpload(string partialFile, string name, string by) => throw new NotSupportedException(partialFile + name + by);

    /// <summary>Forgets a window or an upload and deletes its files. Live sources stay.</summary>
    public void Remove(AnalysisId id) => throw new NotSupportedException(id.Value);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
