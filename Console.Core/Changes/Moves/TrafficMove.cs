using System.Text.Json.Nodes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>A gradual move of traffic as it stands: its first step is the change that began it.</summary>
public sealed record TrafficMove
{
    /// <summary>The change that began it.</summary>
    public required ChangeRun First { get; init; }

    /// <summary>What was asked for.</summary>
    public required MoveTraffic Change { get; init; }

    /// <summary>All steps in their order.</summary>
    public required IReadOnlyList<MoveStep> Steps { get; init; }

    /// <summary>Where it stands.</summary>
    public required MoveState State { get; init; }

    /// <summary>Why it was paused or stopped and by whom; empty where it was not.</summary>
    public string Message { get; init; } = "";

    /// <summary>True where its end is an event of its own already.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The console that takes the steps.</summary>
    public string Console { get; init; } = "";

    /// <summary>When it last went on: the end of a step, or a resumption.</summary>
    public DateTimeOffset LastSign { get; init; }

    /// <summary>Id of its first change.</summary>
    public string Id => First.Id;

    /// <summary>The service.</summary>
    public ResourceName Resource => First.Resource;

    /// <summary>Whose turn is next; null where all were taken.</summary>
    public MoveStep? Next => Steps.FirstOrDefault(static s => s.Change is null);

    /// <summary>The last step that was begun.</summary>
    public MoveStep Latest => Steps.Last(static s => s.Change is not null);

    /// <summary>When the next step's time comes; null while a step is under way, and where none follows.</summary>
    public DateTimeOffset? NextAt =>
        State == MoveState.Running && Next is not null && Latest.Change is { OutcomeRecorded: true } ? LastSign.AddSeconds(Change.WaitSeconds) : null;

    /// <summary>The change that sends the traffic back to where it was before the first step, and how that was in words; null where the record does not tell.</summary>
    public (Change Change, string Words)? Back
    {
        get
        {
            if (First.Settings.FirstOrDefault(static s => s.Path == "traffic") is not { } traffic)
            {
                return null;
            }

            List<TrafficShare> shares = [.. TrafficList.Of(traffic.BeforeJson is { } json ? JsonNode.Parse(json) : null)
                .Where(static t => t.Percent > 0)
                .GroupBy(static t => t.Revision, StringComparer.Ordinal)
                .Select(static g => new TrafficShare(g.Key, g.Sum(static t => t.Percent)))];
            return (shares is [{ Revision: TrafficList.Latest }] ? new RouteToLatest() : new SplitTraffic(shares), traffic.Before);
        }
    }

    /// <summary>True once no further step follows.</summary>
    public bool IsOver => State is MoveState.Stopped or MoveState.Finished;
}
