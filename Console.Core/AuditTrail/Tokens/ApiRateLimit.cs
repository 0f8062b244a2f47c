using System.Collections.Concurrent;

namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>
/// A token bucket for each token of the API: requests a second on average, and as many seconds' worth at once as <paramref name="burstSeconds"/>.
/// One bucket is shared by all requests of a token; nothing is kept between starts.
/// </summary>
/// <param name="perSecond">Requests a second.</param>
/// <param name="burstSeconds">Size of the bucket.</param>
/// <param name="time">Clock.</param>
public sealed class ApiRateLimit(double perSecond, double burstSeconds, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Bucket> _buckets = new();

    /// <summary>Takes one request from a token's bucket.</summary>
    /// <returns>Zero when it may go on; else how long to wait.</returns>
    public TimeSpan Take(Guid token)
    {
        var bucket = _buckets.GetOrAdd(token, static (_, me) => new Bucket { Left = me.Size, At = me.Now }, this);
        lock (bucket)
        {
            var now = Now;
            bucket.Left = Math.Min(Size, bucket.Left + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = now;
            if (bucket.Left >= 1)
            {
                bucket.Left--;
                return TimeSpan.Zero;
            }

            return TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
        }
    }

    private double Size => Math.Max(1, perSecond * burstSeconds);

    private long Now => time.GetTimestamp();

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long At { get; set; }
    }
}
