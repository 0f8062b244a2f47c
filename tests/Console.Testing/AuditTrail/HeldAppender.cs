using System.Threading.Channels;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>An appender that keeps each call until the test lets it go on, or makes it fail.</summary>
public sealed class HeldAppender : IAuditAppender
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private long _sequence;

    /// <summary>The next call, now or as soon as it comes.</summary>
    public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <inheritdoc />
    public Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken)
    {
        var call = new Call(events, appendedBy, () => Interlocked.Increment(ref _sequence));
        _calls.Writer.TryWrite(call);
        return call.Result;
    }

    /// <summary>One call.</summary>
    public sealed class Call
    {
        private readonly TaskCompletionSource<IReadOnlyList<AppendResult>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<long> _next;

        internal Call(IReadOnlyList<AuditEvent> events, string appendedBy, Func<long> next) => (Events, AppendedBy, _next) = (events, appendedBy, next);

        /// <summary>What was to be appended.</summary>
        public IReadOnlyList<AuditEvent> Events { get; }

        /// <summary>For whom.</summary>
        public string AppendedBy { get; }

        internal Task<IReadOnlyList<AppendResult>> Result => _result.Task;

        /// <summary>It is committed.</summary>
        public void Commit() => _result.SetResult([.. Events.Select(e => new AppendResult.Recorded(new AuditReceipt(e.Workspace, e.Id, _next(), e.Time)))]);

        /// <summary>It fails.</summary>
        public void Fail(Exception why) => _result.SetException(why);
    }
}
