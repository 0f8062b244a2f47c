namespace OpsConsole.Core.Changes;

/// <summary>Why a change is not sent: found here by a rule, or told by the API in a dry run.</summary>
/// <param name="Path">The field at fault, as in <see cref="SettingChange.Path"/>; empty where none is named.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Nearest">The nearest change that the rules accept; null where none is known.</param>
public sealed record Refusal(string Path, string Reason, Change? Nearest = null)
{
    /// <summary>True when the API said it, in its own words.</summary>
    public bool FromApi { get; init; }
}
