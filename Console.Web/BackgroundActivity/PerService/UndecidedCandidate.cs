namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>A request that an undecided line may belong to.</summary>
/// <param name="InsertId">Of its entry.</param>
/// <param name="Start">When it began.</param>
/// <param name="Name">Method and path.</param>
/// <param name="Status">HTTP status; 0 when absent.</param>
public sealed record UndecidedCandidate(string InsertId, DateTimeOffset Start, string Name, int Status)
{
    /// <summary>The status, or a dash.</summary>
    public string StatusText => Status == 0 ? "–" : Status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary><c>POST /orders 201</c>.</summary>
    public string Text => $"{Name} {StatusText}";
}
