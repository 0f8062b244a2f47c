namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>One stretch of time in the trend.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Requests">Requests that began in it.</param>
/// <param name="RequestsWithAfterResponse">Those of them with work after the response.</param>
/// <param name="IdleLines">Lines written in it while no request ran.</param>
public readonly record struct TrendBar(DateTimeOffset From, int Requests, int RequestsWithAfterResponse, int IdleLines);
