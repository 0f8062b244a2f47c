namespace OpsConsole.Core.Changes.Bulk;

/// <summary>What the event that ends a bulk says in its details.</summary>
/// <param name="Bulk">Id of the event that began it.</param>
/// <param name="Summary">In a sentence.</param>
/// <param name="Rows">How each ended.</param>
/// <param name="Stopped">Why it was stopped; null where it was not.</param>
internal sealed record BulkOutcomeDetails(string Bulk, string Summary, IReadOnlyList<BulkRowDetails> Rows, string? Stopped);
