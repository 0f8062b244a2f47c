using System.Globalization;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>
/// Incidents that outsiders bring up: the database was set back, or tells another history. Each is an event and a banner on every screen;
/// it stays open over restarts until the same outsider agrees with the log again.
/// </summary>
public sealed class Incidents(IAuditReader reader, SystemEvents events, SealHealth health)
{
    /// <summary>Kind of an incident's resource.</summary>
    public const string ResourceType = "audit.outside";

    /// <summary>Opens the incidents again that were open when the console stopped.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ReopenAsync(CancellationToken cancellationToken)
    {
        var open = new Dictionary<string, string>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var query = new AuditQuery { Actions = [AuditActions.Incident], ResourceTypes = [ResourceType], Workspaces = [AuditWorkspaces.Console] };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            // The newest first: the latest word about each outsider counts.
            if (record.Event.Resource?.Id is not { } name || open.ContainsKey(name) || closed.Contains(name))
            {
                continue;
            }

            if (record.Event.Outcome == AuditOutcome.Failure && record.Event.Actor.Type == AuditActorType.System)
            {
                open[name] = record.Event.Reason ?? "An incident whose description was erased.";
                health.Report(KeyOf(name), open[name]);
            }
            else
            {
                closed.Add(name);
            }
        }

        return open;
    }

    /// <summary>Opens one, or keeps it open.</summary>
    /// <param name="name">The outsider.</param>
    /// <param name="kind"><c>rolled-back</c> or <c>fork</c>.</param>
    /// <param name="ours">Size of our log.</param>
    /// <param name="theirs">Size that the outsider has seen.</param>
    /// <param name="sentence">For people.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(string name, string kind, long ours, long theirs, string sentence, CancellationToken cancellationToken)
    {
        if (health.Report(KeyOf(name), sentence))
        {
            await events.TryRecordAsync(
                AuditActions.Incident,
                AuditOutcome.Failure,
                sentence,
                new { kind, outside = name, ourSize = ours, theirSize = theirs },
                string.Create(CultureInfo.InvariantCulture, $"{kind}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..16]}-{ours}-{theirs}"),
                new AuditResource { Type = ResourceType, Id = name },
                cancellationToken);
        }
    }

    /// <summary>Closes one, when it is open.</summary>
    public async Task CloseAsync(string name, long size, CancellationToken cancellationToken)
    {
        if (health.Report(KeyOf(name), null))
        {
            await events.TryRecordAsync(
                AuditActions.Incident,
                AuditOutcome.Success,
                string.Create(CultureInfo.InvariantCulture, $"{name} agrees with this log again, at {size} leaves."),
                new { kind = "agrees", outside = name, ourSize = size },
                null,
                new AuditResource { Type = ResourceType, Id = name },
                cancellationToken);
        }
    }

    // '1' for the worst: these stand first, on every screen.
    internal static string KeyOf(string name) => $"1.outside.{name}";
}
