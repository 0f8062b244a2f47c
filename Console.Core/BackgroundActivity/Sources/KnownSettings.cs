using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>The settings of a project's revisions, as far as they could be read.</summary>
/// <param name="Settings">By revision.</param>
/// <param name="Problems">What could not be read, one sentence each.</param>
internal sealed record KnownSettings(IReadOnlyDictionary<RevisionKey, RevisionSettings> Settings, IReadOnlyList<string> Problems)
{
    /// <summary>Nothing is known.</summary>
    public static KnownSettings None { get; } = new(new Dictionary<RevisionKey, RevisionSettings>(), []);
}
