namespace OpsConsole.Core.Changes.Bulk;

/// <summary>Settings of changes of several services; section <c>OpsConsole:Changes</c>.</summary>
/// <param name="Parallelism">How many services are changed at the same time.</param>
/// <param name="ReceiptWait">How long the receipt of the first service is waited for, where that is asked.</param>
public sealed record BulkRules(int Parallelism, TimeSpan ReceiptWait)
{
    /// <summary>Three at a time; a receipt is waited for 15 minutes.</summary>
    public static BulkRules Default { get; } = new(3, TimeSpan.FromMinutes(15));
}
