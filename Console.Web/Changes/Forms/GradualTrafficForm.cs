using System.Globalization;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Traffic to one revision in steps, with waits between them.</summary>
public sealed class GradualTrafficForm : ChangeForm
{
    private static readonly int[] UsualSteps = [5, 25, 50, 100];

    /// <inheritdoc />
    public override string Key => "move-traffic";

    /// <inheritdoc />
    public override string Group => "Traffic";

    /// <inheritdoc />
    public override string Title => "Traffic in steps";

    /// <inheritdoc />
    public override bool Offers(ChangeSubject subject) => subject.Service is not null && Candidates(subject).Count > 0;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => "to one revision, step by step, stopping by itself at errors";

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        var move = change switch
        {
            ShiftTraffic shift => new MoveTraffic(shift.Revision, [shift.Percent], 600),
            _ => change as MoveTraffic,
        };
        var candidates = Candidates(subject);
        var revision = move?.Revision ?? (candidates.Count > 0 ? candidates[0].Name.Id : "");
        return
        [
            new("revision", "To", revision)
            {
                Path = "traffic",
                Hint = "a ready revision that does not have all traffic",
                Choices = [.. candidates.Select(static r => (r.Name.Id, r.Name.Id))],
            },
            new("steps", "Steps", string.Join(", ", (move?.Steps ?? UsualSteps).Select(static s => s.ToString(CultureInfo.InvariantCulture)))) { Unit = "%", Hint = "rising, 1 to 100; the last one is where it ends" },
            new("wait", "Between two steps", Text((move?.WaitSeconds ?? 600) / 60 is > 0 and var minutes ? minutes : 1)) { Unit = "min", Hint = "1 to 1440", Number = true },
        ];
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values)
    {
        if (IsEmpty(values, "revision"))
        {
            return FormReading.Bad("revision", "Choose a revision.");
        }

        List<int> steps = [];
        foreach (var part in values.GetValueOrDefault("steps", "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            {
                return FormReading.Bad("steps", "Type whole numbers, for example 5, 25, 50, 100.");
            }

            steps.Add(step);
        }

        return Number(values, "wait") is not (> 0 and <= 1440 and var minutes) ? FormReading.Bad("wait", "Type 1 to 1440 minutes.")
            : new(new MoveTraffic(values["revision"], steps, minutes * 60));
    }

    /// <inheritdoc />
    public override bool Is(Change change) => change is MoveTraffic or ShiftTraffic;

    // Newest first; the one that has all traffic has nothing to gain.
    private static List<Revision> Candidates(ChangeSubject subject)
    {
        var all = subject.Service!.Serving.Where(static s => s.Percent == 100).Select(static s => s.Revision).FirstOrDefault();
        return [.. subject.Revisions.Where(r => r.Ready?.State == ConditionState.Succeeded && r.Name.Id != all)];
    }
}
