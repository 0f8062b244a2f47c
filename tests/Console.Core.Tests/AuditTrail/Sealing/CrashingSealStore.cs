using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>A store that breaks off before or after its n-th call, as a killed process would: what was committed stays, the rest never was.</summary>
internal sealed class CrashingSealStore(ISealStore inner, int crashAt) : ISealStore
{
    private int _calls;

    public int Calls => _calls;

    public async Task<ISealSession?> OpenAsync(CancellationToken cancellationToken) =>
        await inner.OpenAsync(cancellationToken) is { } session ? new Session(this, session) : null;

    // Odd numbers break off before the call, even ones after it.
    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        if (++_calls == crashAt)
        {
            throw new CrashException();
        }

        var answer = await call();
        return ++_calls == crashAt ? throw new CrashException() : answer;
    }

    private sealed class Session(CrashingSealStore owner, ISealSession inner) : ISealSession
    {
        public Task<SealState> LoadAsync(CancellationToken cancellationToken) => owner.CallAsync(() => inner.LoadAsync(cancellationToken));

        public Task<InboxPage> ReadInboxAsync(int most, CancellationToken cancellationToken) => owner.CallAsync(() => inner.ReadInboxAsync(most, cancellationToken));

        // Beside another call, and without a trace: no step.
        public Task<InboxPage> ReadAheadAsync(long after, int most, CancellationToken cancellationToken) => inner.ReadAheadAsync(after, most, cancellationToken);

        public Task<InboxBacklog> BacklogAsync(CancellationToken cancellationToken) => owner.CallAsync(() => inner.BacklogAsync(cancellationToken));

        public Task<SettledNumbers?> SettleAsync(long settled, CancellationToken cancellationToken) => owner.CallAsync(() => inner.SettleAsync(settled, cancellationToken));

        public Task<IReadOnlyDictionary<ActorKey, string>> ActorRefsAsync(IReadOnlyCollection<ActorKey> actors, CancellationToken cancellationToken) =>
            owner.CallAsync(() => inner.ActorRefsAsync(actors, cancellationToken));

        public Task SealAsync(SealBatch batch, CancellationToken cancellationToken) => owner.CallAsync(async () =>
        {
            await inner.SealAsync(batch, cancellationToken);
            return 0;
        });

        public Task SaveAsync(SignedCheckpoint checkpoint, DateTimeOffset signedAt, CancellationToken cancellationToken) => owner.CallAsync(async () =>
        {
            await inner.SaveAsync(checkpoint, signedAt, cancellationToken);
            return 0;
        });

        public Task<int> IndexAsync(int most, CancellationToken cancellationToken) => owner.CallAsync(() => inner.IndexAsync(most, cancellationToken));

        public Task ForgetActorsAsync(CancellationToken cancellationToken) => owner.CallAsync(async () =>
        {
            await inner.ForgetActorsAsync(cancellationToken);
            return 0;
        });

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
