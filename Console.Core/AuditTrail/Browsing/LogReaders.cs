using System.Collections.Concurrent;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// Puts reading of the log as tiles on the record: once for each reader and hour, before the first byte. An event for each tile would make the log
/// grow by its own reading, without an end.
/// </summary>
public sealed class LogReaders(IAuditTrail trail, ActEvents acts, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _recorded = new(StringComparer.Ordinal);

    /// <summary>Somebody is about to read.</summary>
    /// <exception cref="AuditUnavailableException">It could not be recorded: give nothing out.</exception>
    public async Task ReadingAsync(LogReader reader, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_recorded.TryGetValue(reader.Key, out var last) && now - last < Hour)
        {
            return;
        }

        await trail.RecordAsync(Record(reader), cancellationToken);
        _recorded[reader.Key] = now;
        foreach (var (key, at) in _recorded)
        {
            if (now - at >= Hour)
            {
                _recorded.TryRemove(new KeyValuePair<string, DateTimeOffset>(key, at));
            }
        }
    }

    private AuditEvent Record(LogReader reader)
    {
        var e = reader.Person is { } person
            ? acts.Of(person, AuditActions.LogRead, AuditOutcome.Success)
            : acts.OfSystem(AuditActions.LogRead, AuditOutcome.Success) with
            {
                Actor = new AuditActor { Type = AuditActorType.Service, Id = reader.Token!.Name, Session = reader.Token.Id.ToString() },
            };
        return e with { Resource = new AuditResource { Type = EventBrowser.ListResource } };
    }
}
