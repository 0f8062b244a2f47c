namespace OpsConsole.Web.Changes.Receipts;

/// <summary>One number of a receipt on either side, with its unit.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Before">Before the change.</param>
/// <param name="After">After it.</param>
public sealed record ReceiptLine(string Name, string Before, string After);
