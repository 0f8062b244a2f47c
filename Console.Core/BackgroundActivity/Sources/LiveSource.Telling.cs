using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <content>What is said of the source.</content>
internal sealed partial class LiveSource
{
    private void Recovered()
    {
        _failures = 0;
        Tell(_fill.IsComplete ? SourceState.Ready : SourceState.Reading);
    }

    private void Tell(SourceState state) => Update(s => s with
    {
        State = state,
        Error = null,
        Problem = null,
        Progress = Progressed(state),
        Notes = NotesAt(Time.GetUtcNow()),
    });

    private SourceProgress Progressed(SourceState state) => new()
    {
        Doing = state == SourceState.Reading
            ? $"Reading the last {Words.Duration(_settings.LiveWindow.TotalSeconds)}, newest first"
                + (_fill.CoveredFrom is { } covered ? $"; back to {Clock(covered)} so far." : ".")
            : string.Create(CultureInfo.InvariantCulture, $"Asking for new entries every {_settings.Poll.TotalSeconds:0} s."),
        Fraction = state == SourceState.Reading ? _fill.Fraction : null,
        Entries = _window.Count,
        Calls = _calls,
    };

    private List<string> NotesAt(DateTimeOffset now)
    {
        List<string> notes = [.. _settingsProblems];
        if (_window.CutAt is { } cut)
        {
            notes.Add($"Only the last {Words.Duration((now - cut).TotalSeconds)} are kept: the entries of a project may take {Words.Bytes(_settings.LiveBytes)} of memory. Read a window of the past for more.");
        }

        notes.Add($"Lines of the last {Words.Duration(Settle.TotalSeconds)} are not judged yet, for a request has no entry while it runs. A request that runs longer changes what was judged when its entry arrives.");
        return notes;
    }

    private async Task FailAsync(CloudRunError? error, string problem, CancellationToken cancellationToken)
    {
        _failures++;
        var pause = Backoff.After(error, _failures);
        var again = Time.GetUtcNow() + pause;
        Log.ReadingFailed(Logger, Id.Value, problem);
        Update(s => s with
        {
            State = SourceState.Failed,
            Error = error,
            Problem = $"{problem} The console tries again at {again.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC."
                + (s.Current is null ? "" : " What was read until then is shown."),
        });
        await Task.Delay(pause, Time, cancellationToken);
    }

    private static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
