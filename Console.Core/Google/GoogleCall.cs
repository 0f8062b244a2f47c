namespace OpsConsole.Core.Google;

/// <summary>A call of one of Google's APIs.</summary>
/// <param name="Method">GET, or POST for the reads that Google made a POST; PATCH and POST for writes.</param>
/// <param name="Address">Full address with query.</param>
/// <param name="What">For people: <c>Cloud Run in europe-west1</c>.</param>
/// <param name="Permission">The permission that the method asks for; used when Google's refusal does not name one.</param>
/// <param name="Resource">What is read or written, for people.</param>
internal sealed record GoogleCall(HttpMethod Method, Uri Address, string What, string Permission, string Resource)
{
    /// <summary>JSON body; null sends none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Waits for a turn before every attempt.</summary>
    public Func<CancellationToken, ValueTask>? BeforeAttempt { get; init; }

    /// <summary>Told of a 429, with Google's Retry-After when there is one.</summary>
    public Action<TimeSpan?>? OnQuota { get; init; }

    /// <summary>Attempts after the first; 0 for a write, which is never sent twice.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>A person waits: where Google asks for more patience than this, that is told instead.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(30);
}
