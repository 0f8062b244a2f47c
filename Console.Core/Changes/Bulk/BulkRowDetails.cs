namespace OpsConsole.Core.Changes.Bulk;

/// <summary>A row of a bulk in an event.</summary>
/// <param name="Resource">Full name of the service.</param>
/// <param name="State">Where it stood.</param>
/// <param name="Message">For people.</param>
/// <param name="Change">Id of its change, or of the request for approval.</param>
internal sealed record BulkRowDetails(string Resource, BulkRowState State, string? Message, string? Change);
