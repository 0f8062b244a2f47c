using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.History;

/// <summary>What Google's audit log says of one service in a stretch of time.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive: when it was read.</param>
/// <param name="Book">Acts and system events.</param>
/// <param name="Earlier">The service as the last act before <paramref name="From"/> left it, as JSON; null where nothing tells.</param>
/// <param name="Error">Why it could not be read (to its end).</param>
/// <param name="IsCut">There is more than is read.</param>
public sealed record GoogleLog(DateTimeOffset From, DateTimeOffset To, GoogleBook Book, string? Earlier, CloudRunError? Error, bool IsCut)
{
    /// <summary>An empty book.</summary>
    public static GoogleBook NoBook { get; } = new([], new Dictionary<string, string>(StringComparer.Ordinal));
}
