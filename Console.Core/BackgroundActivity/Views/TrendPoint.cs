namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>The numbers of one revision in one stretch of time.</summary>
public sealed record TrendPoint
{
    /// <summary>Start of the stretch; it lasts <see cref="Trend.Step"/>.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Requests that began in it.</summary>
    public int Requests { get; internal set; }

    /// <summary>Those of them with lines after their response.</summary>
    public int RequestsWithAfterResponse { get; internal set; }

    /// <summary>After-response and resumed lines written in it.</summary>
    public int LateLines { get; internal set; }

    /// <summary>Lines on idle instances written in it.</summary>
    public int IdleLines { get; internal set; }
}
