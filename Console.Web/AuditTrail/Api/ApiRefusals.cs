using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OpsConsole.Web.Observability;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>
/// Tells of refusals of the HTTP API: the first of a kind at once, then how many more there were, once a minute; each counts in the metric
/// <c>opsconsole.audit.refused</c>. An outage of the database with a hundred requests a second is two lines a minute for each source, and not a
/// hundred a second.
/// </summary>
internal sealed class ApiRefusals(IMeterFactory meters, TimeProvider time, ILogger<ApiRefusals> logger) : IDisposable
{
    /// <summary>How often a kind of refusal is told of while it goes on.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Names of sources come from tokens that an administrator made; who has none is one source.
    private const int MostKinds = 1000;
    private readonly Counter<long> _count = meters.Create(ConsoleMeter.Name).CreateCounter<long>("opsconsole.audit.refused", "{request}", "Requests of the HTTP API that were refused");
    private readonly ConcurrentDictionary<(int Status, string Who), Kind> _kinds = new();

    /// <summary>One more.</summary>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="title">What kind of problem; the same for every occurrence.</param>
    /// <param name="who">Name of the token; empty where none was known.</param>
    /// <param name="why">The sentence of the answer.</param>
    public void Tell(int status, string title, string who, string why)
    {
        _count.Add(1, KeyValuePair.Create<string, object?>("http.response.status_code", status), KeyValuePair.Create<string, object?>("reason", title));
        var key = (status, who.Length == 0 ? "nobody" : who);
        if (!_kinds.ContainsKey(key) && _kinds.Count >= MostKinds)
        {
            key = (status, "others");
        }

        var kind = _kinds.GetOrAdd(key, static (key, me) => new Kind(me, key.Status, key.Who), this);
        if (kind.Add(why))
        {
            var level = LevelOf(status);
            Log.Refused(logger, level, key.Item2, status, why);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var kind in _kinds.Values)
        {
            kind.Dispose();
        }
    }

    // What the console could not do is its own fault; the rest is whoever sent it.
    private static LogLevel LevelOf(int status) => status >= StatusCodes.Status500InternalServerError ? LogLevel.Error : LogLevel.Warning;

    private ITimer Timer(Action due) => time.CreateTimer(static due => ((Action)due!)(), due, Interval, Interval);

    private void TellMore(int status, string who, long more, string why)
    {
        var (level, seconds) = (LevelOf(status), (long)Interval.TotalSeconds);
        Log.MoreRefused(logger, level, more, who, status, seconds, why);
    }

    /// <summary>Refusals of one source with one status: quiet, or told of and counted until a minute brings no more.</summary>
    private sealed class Kind(ApiRefusals all, int status, string who) : IDisposable
    {
        private readonly Lock _gate = new();
        private ITimer? _timer;
        private long _more;
        private string _why = "";

        /// <summary>True for the first one, which is told at once.</summary>
        public bool Add(string why)
        {
            lock (_gate)
            {
                _why = why;
                if (_timer is not null)
                {
                    _more++;
                    return false;
                }

                _timer = all.Timer(OnInterval);
                return true;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }

        private void OnInterval()
        {
            long more;
            string why;
            lock (_gate)
            {
                (more, why, _more) = (_more, _why, 0);
                if (more == 0)
                {
                    _timer?.Dispose();
                    _timer = null;
                }
            }

            if (more > 0)
            {
                all.TellMore(status, who, more, why);
            }
        }
    }
}
