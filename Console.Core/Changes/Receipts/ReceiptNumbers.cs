namespace OpsConsole.Core.Changes.Receipts;

/// <summary>What the logs of one window hold, of a service or of one revision.</summary>
public sealed record ReceiptNumbers
{
    /// <summary>Requests that began in the window.</summary>
    public int Requests { get; init; }

    /// <summary>Those answered with a status of 500 or more.</summary>
    public int Errors { get; init; }

    /// <summary>Those answered with 429, by Cloud Run for want of an instance or by the service.</summary>
    public int TooMany { get; init; }

    /// <summary>Median of the logged latency, in milliseconds; null without any.</summary>
    public double? P50Milliseconds { get; init; }

    /// <summary>95th percentile of the logged latency, in milliseconds; null without any.</summary>
    public double? P95Milliseconds { get; init; }

    /// <summary>Instances that began to start, by Cloud Run's own messages.</summary>
    public int ColdStarts { get; init; }

    /// <summary>Requests that began before the instance that served them was ready: they waited for it.</summary>
    public int ColdStartVictims { get; init; }

    /// <summary>Log entries written after the response to their request.</summary>
    public int Background { get; init; }

    /// <summary>Those of them on revisions that have CPU only during requests.</summary>
    public int AtRisk { get; init; }

    /// <summary>Requests whose work after the response never ended.</summary>
    public int Lost { get; init; }

    /// <summary>Seconds of instances from their first to their last entry in the window: at least so long they lived.</summary>
    public double InstanceSeconds { get; init; }

    /// <summary>Those with at least one request.</summary>
    public double BusySeconds { get; init; }

    /// <summary>US dollars an hour at list prices, as far as the logs show instances; null where prices or settings are not known.</summary>
    public double? DollarsAnHour { get; init; }
}
