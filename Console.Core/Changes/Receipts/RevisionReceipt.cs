namespace OpsConsole.Core.Changes.Receipts;

/// <summary>One revision before and after a change.</summary>
/// <param name="Revision">Short name.</param>
/// <param name="Before">Before; all zero where it did not serve then.</param>
/// <param name="After">After; all zero where it did not serve then.</param>
public sealed record RevisionReceipt(string Revision, ReceiptNumbers Before, ReceiptNumbers After);
