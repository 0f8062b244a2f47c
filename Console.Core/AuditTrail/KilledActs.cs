using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Core.AuditTrail;

/// <summary>
/// Verifications on the command line and exports there or by a console, which were killed in the middle: a console records their end, once. A command has one of a
/// few turns for as long as its process lives, and the turn's name stands in the event of its beginning: where that turn is free, it was killed. The exports of a
/// console name it, and were killed when it does not run any more. (Verifications of consoles: <see cref="Verifications"/>.)
/// </summary>
/// <param name="reader">Where beginnings without an end are found.</param>
/// <param name="trail">Where their end is recorded.</param>
/// <param name="acts">Makes those events.</param>
/// <param name="turns">Which commands still live.</param>
/// <param name="consoles">Which consoles do.</param>
/// <param name="time">The clock.</param>
public sealed class KilledActs(IAuditReader reader, IAuditTrail trail, ActEvents acts, ITurns turns, IConsoles consoles, TimeProvider time)
{
    /// <summary>What makes the id of an end out of that of its beginning: an id names one event for ever, so whoever records the end records it once.</summary>
    internal const string EndSuffix = "-end";

    private const int AtOnce = 8;
    private static readonly TimeSpan OpenDays = TimeSpan.FromDays(40);
    private static readonly string[] Names = [.. Enumerable.Range(1, AtOnce).Select(static i => string.Create(CultureInfo.InvariantCulture, $"command-line-{i}"))];

    /// <summary>Takes a turn, to be kept until the end is recorded; null when so many run already, or none can be taken: the end of a killed one is not found out then.</summary>
    public static async Task<CommandLineTurn?> TakeAsync(ITurns turns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turns);
        foreach (var name in Names)
        {
            try
            {
                if (await turns.TryTakeAsync(name, cancellationToken) is { } turn)
                {
                    return new CommandLineTurn(name, turn);
                }
            }
            catch (Exception e) when (e is AuditUnavailableException or IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Records the end of those that were killed.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached; to be called again.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var begun = new List<AuditEvent>();
        var ended = new HashSet<string>(StringComparer.Ordinal);
        var query = new AuditQuery
        {
            Actions = [AuditActions.AuditVerify, AuditActions.AuditExport],
            Workspaces = [AuditWorkspaces.Console],
            From = time.GetUtcNow() - OpenDays,
        };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            var e = record.Event;
            if (record.Position.Via != AuditVia.Console)
            {
                continue;
            }

            if (e.Outcome != AuditOutcome.Unknown)
            {
                ended.Add(Detail(e, "run") ?? Detail(e, "intent") ?? "");
            }
            else
            {
                begun.Add(e);
            }
        }

        begun.RemoveAll(e => ended.Contains(e.Id));

        // Asked after the reading: whoever began since is no stranger then.
        var living = await consoles.LivingAsync(cancellationToken);
        foreach (var begin in begun.Where(e => e.Action == AuditActions.AuditExport && Detail(e, "console") is { } console && !living.Contains(console)))
        {
            await RecordOnceAsync(Killed(begin, "console ended"), cancellationToken);
        }

        foreach (var ofOne in begun.Where(static e => Names.Contains(Detail(e, "process") ?? "", StringComparer.Ordinal)).GroupBy(static e => Detail(e, "process")!, StringComparer.Ordinal))
        {
            await using var turn = await turns.TryTakeAsync(ofOne.Key, cancellationToken);
            if (turn is null)
            {
                // One of them runs; the others are found when it has ended.
                continue;
            }

            foreach (var begin in ofOne)
            {
                await RecordOnceAsync(Killed(begin, "command was killed"), cancellationToken);
            }
        }
    }

    private AuditEvent Killed(AuditEvent begin, string what)
    {
        var isExport = begin.Action == AuditActions.AuditExport;
        var end = acts.OfSystem(begin.Action, AuditOutcome.Failure);
        end = end with { Actor = end.Actor with { OnBehalfOf = begin.Actor.Id } };
        var reason = $"The {what} while {begin.Actor.DisplayName ?? begin.Actor.Id} was {(isExport ? "exporting" : "verifying")}: whether it came to a result is not known.";
        return isExport
            ? end with { Id = begin.Id + EndSuffix, Resource = begin.Resource, Reason = reason, Details = ActEvents.Details(new { intent = begin.Id }) }
            : Verifications.Outcome(end, begin.Id, Verifications.Asked(begin) ?? new VerifyRequest(), report: null, reason);
    }

    private async Task RecordOnceAsync(AuditEvent end, CancellationToken cancellationToken)
    {
        try
        {
            await trail.RecordAsync(end, cancellationToken);
        }
        catch (AuditUnavailableException e) when (e.HoldsAnother)
        {
            // Another console was first, or it had ended after all.
        }
    }

    private static string? Detail(AuditEvent e, string name) =>
        e.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
