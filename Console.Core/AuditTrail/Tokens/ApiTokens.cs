using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OpsConsole.Core.Access;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>
/// Tokens of the HTTP API: making, revoking, and telling whose a secret is. The permission is checked here; each act and its event commit together.
/// </summary>
public sealed partial class ApiTokens(IApiTokenStore store, IAuditTrail trail, ActEvents acts, ConsoleNews news, TimeProvider time)
{
    /// <summary>
    /// So old may what is known of the tokens be: a token that another console on the same database revoked is refused after that, and at once when
    /// its news come.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(1);
    private Known? _known;
    private int _changes;

    /// <summary>All tokens, newest first, revoked and expired ones too.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).OrderByDescending(static t => t.MadeAt)];

    /// <summary>Makes a token. Its secret is in the result and nowhere else, ever.</summary>
    public async Task<ApiTokenResult> MakeAsync(Actor actor, ApiTokenRequest request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageTokens))
        {
            return await DenyAsync(actor, AuditActions.TokenCreate, cancellationToken);
        }

        try
        {
            if (await WhyNotAsync(request, cancellationToken) is { } error)
            {
                return new ApiTokenResult(null, error);
            }

            var secret = ApiTokenSecret.New();
            var now = time.GetUtcNow();
            var token = new ApiToken
            {
                Id = Guid.CreateVersion7(now),
                Name = request.Name,
                Workspace = request.Scope == ApiScope.AppendEvents ? request.Workspace : "",
                Scope = request.Scope,
                Hash = ApiTokenSecret.Hash(secret),
                MadeBy = actor.Id,
                MadeAt = now,
                ExpiresAt = now.AddDays(request.Days),
            };
            await store.AddAsync(token, Record(actor, AuditActions.TokenCreate, token), cancellationToken);
            Forget();
            return new ApiTokenResult(secret, null);
        }
        catch (AuditUnavailableException e)
        {
            return new ApiTokenResult(null, new ApiTokenError.NotRecorded(e.Message));
        }
    }

    /// <summary>Revokes a token, at once and for ever.</summary>
    public async Task<ApiTokenResult> RevokeAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageTokens))
        {
            return await DenyAsync(actor, AuditActions.TokenRevoke, cancellationToken);
        }

        try
        {
            var token = (await store.ListAsync(cancellationToken)).FirstOrDefault(t => t.Id == id);
            var done = token is { RevokedAt: null }
                && await store.RevokeAsync(id, actor.Id, time.GetUtcNow(), Record(actor, AuditActions.TokenRevoke, token), cancellationToken);
            Forget();
            return new ApiTokenResult(null, done ? null : new ApiTokenError.NotThere());
        }
        catch (AuditUnavailableException e)
        {
            return new ApiTokenResult(null, new ApiTokenError.NotRecorded(e.Message));
        }
    }

    /// <summary>The token that a secret belongs to, also when it is no longer good; null when there is none.</summary>
    /// <param name="secret">Its secret.</param>
    /// <param name="mayAskAnew">False where so many wrong ones came that the database is not asked for another one: it is known within <see cref="MaxAge"/>, if it is one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AuditUnavailableException">The database cannot be reached.</exception>
    public async Task<ApiToken?> FindAsync(string secret, bool mayAskAnew, CancellationToken cancellationToken)
    {
        if (!ApiTokenSecret.HasForm(secret))
        {
            return null;
        }

        // A lookup by hash, not a comparison of secrets: timing tells nothing that could be used.
        var hash = Convert.ToHexString(ApiTokenSecret.Hash(secret));
        if ((await KnownAsync(MaxAge, cancellationToken)).ByHash.TryGetValue(hash, out var token))
        {
            return token;
        }

        // It may have been made elsewhere a moment ago. A wrong token costs the database a query of a small table, and nothing else.
        return !mayAskAnew ? null : (await KnownAsync(TimeSpan.Zero, cancellationToken)).ByHash.GetValueOrDefault(hash);
    }

    /// <summary>Notes a use, at most once a minute.</summary>
    public async Task UsedAsync(ApiToken token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known is not { } known || (known.Used.TryGetValue(token.Id, out var last) && (now - last).Duration() < UseGrain))
        {
            return;
        }

        known.Used[token.Id] = now;
        try
        {
            await store.UsedAsync(token.Id, now, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            // Only a column of the list; what matters fails on its own.
        }
    }

    private async Task<Known> KnownAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var told = news.CountOf(NewsTopic.Tokens);
        if (_known is { } fresh && fresh.Told == told && time.GetElapsedTime(fresh.At) < age)
        {
            return fresh;
        }

        // Two requests may load at once: that costs a query of a small table, and no more.
        var changes = Volatile.Read(ref _changes);
        var known = new Known(time.GetTimestamp(), told, (await store.ListAsync(cancellationToken)).ToFrozenDictionary(static t => Convert.ToHexString(t.Hash.Span), StringComparer.Ordinal));
        foreach (var token in known.ByHash.Values)
        {
            if (token.LastUsedAt is { } used)
            {
                known.Used[token.Id] = used;
            }
        }

        // What was read before a token was revoked here is not kept.
        _known = changes == Volatile.Read(ref _changes) ? known : null;
        return known;
    }

    private void Forget()
    {
        Interlocked.Increment(ref _changes);
        _known = null;
    }

    private async Task<ApiTokenError?> WhyNotAsync(ApiTokenRequest request, CancellationToken cancellationToken)
    {
        if (!SourceName().IsMatch(request.Name))
        {
            return new ApiTokenError.BadName();
        }

        if (request.Scope == ApiScope.AppendEvents
            && (request.Workspace.Trim() != request.Workspace || request.Workspace.Length is 0 or > Events.AuditEventLimits.Name
                || request.Workspace.Any(char.IsControl) || request.Workspace.AsSpan().TrimEnd('*').Length < request.Workspace.Length - 1
                || request.Workspace.AsSpan().TrimEnd('*').Contains('*') || request.Workspace == "*" || string.Equals(request.Workspace, AuditWorkspaces.Console, StringComparison.Ordinal)))
        {
            return new ApiTokenError.BadWorkspace();
        }

        if (request.Days is < 1 or > 730)
        {
            return new ApiTokenError.BadDays();
        }

        var now = time.GetUtcNow();
        return (await store.ListAsync(cancellationToken)).Any(t => t.IsGoodAt(now) && string.Equals(t.Name, request.Name, StringComparison.Ordinal))
            ? new ApiTokenError.NameTaken(request.Name)
            : null;
    }

    private async Task<ApiTokenResult> DenyAsync(Actor actor, string action, CancellationToken cancellationToken)
    {
        var error = new ApiTokenError.NotAllowed(actor.DisplayName);
        try
        {
            await trail.RecordAsync(acts.Of(actor, action, AuditOutcome.Denied) with { Reason = error.Message }, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            // It stays denied; that the trail is down is on every screen.
        }

        return new ApiTokenResult(null, error);
    }

    private AuditEvent Record(Actor actor, string action, ApiToken token) => acts.Of(actor, action, AuditOutcome.Success) with
    {
        Resource = new AuditResource { Type = "audit.token", Id = token.Id.ToString(), Name = token.Name },
        Details = ActEvents.Details(new { token.Workspace, token.Scope, token.ExpiresAt }),
    };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SourceName();

    private sealed record Known(long At, int Told, FrozenDictionary<string, ApiToken> ByHash)
    {
        public System.Collections.Concurrent.ConcurrentDictionary<Guid, DateTimeOffset> Used { get; } = new();
    }
}
