using OpsConsole.Core.Access;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Changes;

/// <summary>Changes in the words of the screens.</summary>
public static class ChangeWords
{
    /// <summary>Why a button does nothing for somebody who may not change.</summary>
    public static string NotAllowed { get; } =
        $"Changing settings needs the role {string.Join(" or ", Permissions.RolesWith(Permission.ChangeServices).Select(static r => RoleWords.Of(r)))}. Ask an administrator for it, or somebody who has it for the change.";

    /// <summary>Where a change stands, in a word.</summary>
    public static string Of(ChangeRun run) => run.Phase switch
    {
        ChangePhase.Recorded => "recorded",
        ChangePhase.Deploying => "under way",
        ChangePhase.Succeeded => run.Change switch
        {
            RunJob => "started",
            CancelExecution => "cancelled",
            _ => "in effect",
        },
        ChangePhase.Failed => run.Denied ? "denied" : "failed",
        ChangePhase.Conflict => "not applied",
        _ => run.IsOver ? "outcome unknown" : "being looked up",
    };

    /// <summary>Its meaning.</summary>
    public static Meaning MeaningOf(ChangeRun run) => run.Phase switch
    {
        ChangePhase.Succeeded => Meaning.Good,
        ChangePhase.Failed => Meaning.Risk,
        ChangePhase.Conflict => Meaning.Late,
        ChangePhase.Unknown when run.IsOver || run.Steps.Count == 0 => Meaning.Unknown,
        _ => Meaning.Busy,
    };

    /// <summary>Settings as lines of a <see cref="DiffTable"/>.</summary>
    public static IReadOnlyList<DiffLine> Lines(IReadOnlyList<SettingChange> settings) =>
        [.. settings.Select(static s => new DiffLine("", s.Name, s.Before, s.After))];

    /// <summary>What changed in half a line: <c>Billing: request-based → instance-based</c>.</summary>
    public static string Short(IReadOnlyList<SettingChange> settings) => settings switch
    {
        [] => "",
        [var one] => $"{one.Name}: {one.Before} → {one.After}",
        [var first, ..] => $"{first.Name}: {first.Before} → {first.After}, and {settings.Count - 1} more",
    };
}
