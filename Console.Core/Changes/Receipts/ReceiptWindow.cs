namespace OpsConsole.Core.Changes.Receipts;

/// <summary>One of the two windows that a receipt compares, and the question that was put to Cloud Logging.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Filter">In the Logging query language.</param>
public sealed record ReceiptWindow(DateTimeOffset From, DateTimeOffset To, string Filter)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}
