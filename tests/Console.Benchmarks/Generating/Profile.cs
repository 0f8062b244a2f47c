namespace OpsConsole.Benchmarks.Generating;

/// <summary>How a service behaves. Shares are 0 to 1, times are seconds.</summary>
internal sealed record Profile(string Name)
{
    public int Concurrency { get; init; } = 1;

    /// <summary>Mean time between arrivals inside of a burst.</summary>
    public double Gap { get; init; } = 0.5;

    /// <summary>Requests in a burst.</summary>
    public int Burst { get; init; } = 12;

    /// <summary>Mean pause between bursts.</summary>
    public double Pause { get; init; } = 25;

    public double Latency { get; init; } = 0.12;

    public int LinesPerRequest { get; init; } = 4;

    /// <summary>Share of requests whose lines carry a trace.</summary>
    public double Traced { get; init; }

    /// <summary>Share of requests whose lines carry a decimal span and no trace.</summary>
    public double Spanned { get; init; }

    /// <summary>Share of requests that go on working after the response.</summary>
    public double Background { get; init; }

    /// <summary>Mean length of one step of that work.</summary>
    public double Step { get; init; } = 0.8;

    /// <summary>CPU only while a request is in flight.</summary>
    public bool RequestBased { get; init; }

    /// <summary>Work without a request crawls on in a slot of 5 ms in each 100 ms instead of standing still.</summary>
    public bool Crawls { get; init; }

    /// <summary>Period of in-process cron; 0 for none.</summary>
    public double Cron { get; init; }

    /// <summary>Share of requests that are WebSockets.</summary>
    public double WebSockets { get; init; }

    /// <summary>Whether the server writes access lines, and which: 0 none, 1 uvicorn, 2 combined, 3 morgan.</summary>
    public int Access { get; init; }

    /// <summary>Share of requests that share their trace with the one before (fan-out of one caller).</summary>
    public double SharedTraces { get; init; }

    /// <summary>Structured lines.</summary>
    public bool Json { get; init; }

    /// <summary>gcloud's alphabetical order of keys, or the order of downloads.</summary>
    public bool Alphabetical { get; init; }

    public static IReadOnlyList<Profile> All { get; } =
    [
        new("api") { Concurrency = 40, Gap = 0.02, Burst = 150, Pause = 6, Latency = 0.09, LinesPerRequest = 4, Access = 1, Traced = 0.05, Alphabetical = true },
        new("orders") { Concurrency = 8, Gap = 0.3, Burst = 25, Traced = 1, Background = 0.25, Step = 1.2, Json = true, SharedTraces = 0.1 },
        new("thumbs") { Concurrency = 4, Gap = 2.5, Burst = 6, Pause = 40, Traced = 0.9, Background = 0.3, RequestBased = true, Json = true, Alphabetical = true },
        new("mailer") { Concurrency = 1, Gap = 1.2, Burst = 8, Pause = 30, Background = 0.35, Step = 0.6, Access = 3 },
        new("functions") { Concurrency = 1, Gap = 0.9, Burst = 20, Pause = 12, Spanned = 1, Background = 0.08, Step = 0.5, RequestBased = true, Alphabetical = true },
        new("ingest") { Concurrency = 2, Gap = 8, Burst = 4, Pause = 90, Latency = 0.4, Background = 0.4, Step = 4, RequestBased = true, Crawls = true, Access = 2 },
        new("ticker") { Concurrency = 10, Gap = 1, Burst = 10, Pause = 60, Cron = 15, Access = 2, Alphabetical = true },
        new("chat") { Concurrency = 60, Gap = 0.4, Burst = 30, Pause = 15, Latency = 2, WebSockets = 0.4, LinesPerRequest = 5, Json = true },
        new("web") { Concurrency = 80, Gap = 0.015, Burst = 200, Pause = 4, Latency = 0.05, LinesPerRequest = 3, Access = 3, Alphabetical = true },
        new("gateway") { Concurrency = 20, Gap = 0.1, Burst = 60, Pause = 8, Latency = 0.15, Traced = 0.6, SharedTraces = 0.5, Background = 0.02, Json = true },
    ];
}
