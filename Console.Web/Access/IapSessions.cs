using System.Collections.Concurrent;
using OpsConsole.Core.Access;
using OpsConsole.Core.Access.Iap;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Web.Access;

/// <summary>
/// Assertions say who, not since when: a session begins with the first request of a person, and anew after half an hour without one or after
/// signing out. Its begin is on the record before anything is shown. Refused assertions are recorded too, a few a minute: whoever is not in must
/// not be able to fill the record.
/// </summary>
internal sealed class IapSessions(SignInRecord record, Sessions ended, TimeProvider time)
{
    private const int RefusalsPerMinute = 10;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Open> _open = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _refusals = new();

    /// <summary>Id of the person's session; null when a new one could not be recorded: then nobody comes in.</summary>
    public async Task<string?> OfAsync(IapIdentity identity, HttpContext context)
    {
        var now = time.GetUtcNow();
        if (_open.TryGetValue(identity.Subject, out var open) && now - open.LastSeen < Idle && !ended.IsEnded(open.Id, identity.Email) && open.Email == identity.Email)
        {
            open.LastSeen = now;
            return open.Id;
        }

        var mine = new Open(Sessions.NewId(now), identity.Email) { LastSeen = now };
        var actor = new Actor(identity.Email, identity.Email, []) { Origin = OriginClaims.Of(context) with { Session = mine.Id } };
        if (!await record.SignedInAsync(actor, context.RequestAborted))
        {
            return null;
        }

        // Two first requests at once: both are recorded, the later one stays.
        _open[identity.Subject] = mine;
        foreach (var (subject, old) in _open.Where(o => now - o.Value.LastSeen > Idle))
        {
            _open.TryRemove(KeyValuePair.Create(subject, old));
        }

        return mine.Id;
    }

    /// <summary>Records a refusal, unless there were many lately.</summary>
    public async Task RefusedAsync(HttpContext context, IapRefusal why)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (_refusals.TryPeek(out var oldest) && now - oldest > TimeSpan.FromMinutes(1))
            {
                _refusals.Dequeue();
            }

            if (_refusals.Count >= RefusalsPerMinute)
            {
                return;
            }

            _refusals.Enqueue(now);
        }

        await record.RefusedAsync(context, AuditOutcome.Denied, why.Message);
    }

    private sealed class Open(string id, string email)
    {
        public string Id { get; } = id;

        public string Email { get; } = email;

        public DateTimeOffset LastSeen { get; set; }
    }
}
