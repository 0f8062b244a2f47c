using System.Collections.Concurrent;
using System.Globalization;

namespace OpsConsole.Core.Access;

/// <summary>
/// A bucket for each person and kind of act: as many at once as in the whole time, filled again evenly. Of this console alone; nothing is kept
/// between starts.
/// </summary>
/// <param name="options">How many.</param>
/// <param name="time">Clock.</param>
public sealed class ActLimits(ActLimitOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Person, LimitedAct Act), Bucket> _buckets = new();
    private long _tidied = time.GetTimestamp();

    /// <summary>Takes one act from a person's bucket.</summary>
    /// <returns>Null when they may; else a sentence that says when they may again.</returns>
    public string? WhyNot(Actor actor, LimitedAct act)
    {
        var (many, every, what) = act switch
        {
            LimitedAct.Search => (options.SearchesPerMinute, TimeSpan.FromMinutes(1), "searches a minute"),
            LimitedAct.Verify => (options.VerificationsPerHour, TimeSpan.FromHours(1), "verifications an hour"),
            _ => (options.ExportsPerHour, TimeSpan.FromHours(1), "exports an hour"),
        };
        Tidy();
        var now = time.GetTimestamp();
        var bucket = _buckets.GetOrAdd((actor.Id, act), static (_, first) => new Bucket { Left = first.Many, At = first.Now }, (Many: many, Now: now));
        lock (bucket)
        {
            bucket.Left = Math.Min(many, bucket.Left + (time.GetElapsedTime(bucket.At, now) / every * many));
            bucket.At = now;
            if (bucket.Left >= 1)
            {
                bucket.Left--;
                return null;
            }

            var wait = (1 - bucket.Left) / many * every;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"That is more than one person may do here: {many} {what}. Try again in {(wait > TimeSpan.FromMinutes(1) ? $"{Math.Ceiling(wait.TotalMinutes):0} minutes" : $"{Math.Ceiling(wait.TotalSeconds):0} s")}.");
        }
    }

    // A bucket that is full again is as good as none.
    private void Tidy()
    {
        if (time.GetElapsedTime(_tidied) < TimeSpan.FromHours(2))
        {
            return;
        }

        _tidied = time.GetTimestamp();
        foreach (var (key, bucket) in _buckets)
        {
            if (time.GetElapsedTime(bucket.At) > TimeSpan.FromHours(1))
            {
                _buckets.TryRemove(KeyValuePair.Create(key, bucket));
            }
        }
    }

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long At { get; set; }
    }
}
