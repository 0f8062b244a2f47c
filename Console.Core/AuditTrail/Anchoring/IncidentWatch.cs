using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>
/// Shows on this console the incidents that any console found: each is an event, and the events are what all of them read. One that an outsider
/// brought up stays until the latest word about that outsider is that it agrees; an event that was taken away cannot come back, and is shown for
/// <see cref="Shown"/>, over restarts. The events stay in the trail for good.
/// </summary>
public sealed class IncidentWatch(IAuditReader reader, SealHealth health, TimeProvider time)
{
    /// <summary>So long an incident is an alarm on every screen.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _missing = new(StringComparer.Ordinal);

    /// <summary>Looks until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await OnceAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (AuditUnavailableException)
            {
                // The sealer says so on the screen.
            }

            await Task.Delay(Look, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One look. Each event counts once, in the order in which they were recorded: what this console finds out by itself later is not undone by an old one.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task OnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var query = new AuditQuery { Actions = [AuditActions.Incident], Workspaces = [AuditWorkspaces.Console], From = now - Shown };
        List<AuditRecord> fresh = [];
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            // Applications may send events of any name.
            if (record.Position.Via == AuditVia.Console && record.Event.Actor.Type == AuditActorType.System && _seen.Add(record.Event.Id))
            {
                fresh.Add(record);
            }
        }

        foreach (var record in fresh.OrderBy(static r => r.Position.Sequence))
        {
            Show(record.Event);
        }

        foreach (var (key, at) in _missing.Where(m => now - m.Value > Shown).ToList())
        {
            _missing.Remove(key);
            health.Report(key, null);
        }
    }

    private void Show(AuditEvent incident)
    {
        var sentence = incident.Reason ?? "An incident whose description was erased.";
        if (incident.Resource is { Type: Incidents.ResourceType, Id: { } outsider })
        {
            health.Report(Incidents.KeyOf(outsider), incident.Outcome == AuditOutcome.Failure ? sentence : null);
        }
        else if (incident.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("sequence", out var number) && number.TryGetInt64(out var sequence))
        {
            var key = KeyOfMissing(sequence);
            _missing[key] = incident.Time;
            health.Report(key, sentence);
        }
    }

    /// <summary>Key of the problem that an event was taken away.</summary>
    internal static string KeyOfMissing(long sequence) => string.Create(CultureInfo.InvariantCulture, $"1.missing.{sequence:D19}");
}
