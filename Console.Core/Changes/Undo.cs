using System.Text.Json.Nodes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Works out the change that takes another back: from what was recorded before and after, against the service as it is now. A
/// field that somebody has changed since is not overwritten.
/// </summary>
public static class Undo
{
    /// <summary>The restoring change; refused with an explanation where a field is no longer what the change made it.</summary>
    /// <param name="changeId">Id of the change to take back.</param>
    /// <param name="title">Its title.</param>
    /// <param name="settings">What it changed, as recorded.</param>
    /// <param name="rawJson">The service as it is now.</param>
    /// <param name="lastModifier">Who wrote the service last, for the explanation.</param>
    /// <param name="since">The later change of a setting by its path, where this console knows of one.</param>
    public static UndoResult Of(string changeId, string title, IReadOnlyList<SettingChange> settings, string rawJson, string lastModifier, Func<string, ChangeRun?>? since = null)
    {
        if (ServiceDocument.Parse(rawJson) is not { } now)
        {
            return new UndoResult(null, [new Refusal("", "The service could not be read: its JSON is broken. Reload it.")]);
        }

        string Who(string path) =>
            since?.Invoke(path) is { } later ? $"{later.ActorName} changed it since ({later.Title}). "
            : lastModifier.Length > 0 ? $"{lastModifier} wrote the service last. "
            : "";

        List<Refusal> refusals = [];
        foreach (var setting in settings)
        {
            var present = SettingPath.Parse(setting.Path).Get(now.Root);
            if (!SettingValues.Same(setting.Path, Node(setting.AfterJson), present))
            {
                refusals.Add(new Refusal(
                    setting.Path,
                    $"{setting.Name} was changed again: it is {SettingWords.Value(setting.Path, present, now)}, the change had made it {setting.After}. {Who(setting.Path)}Set it by hand if it should go back."));
            }
        }

        return refusals.Count > 0
            ? new UndoResult(null, refusals)
            : new UndoResult(new Restore(changeId, title, [.. settings.Select(static s => new RestoredField(s.Path, s.BeforeJson))]), []);
    }

    private static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);
}
