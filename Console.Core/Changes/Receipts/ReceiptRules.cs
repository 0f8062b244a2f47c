namespace OpsConsole.Core.Changes.Receipts;

/// <summary>Settings of receipts; key <c>OpsConsole:Changes:ReceiptMinutes</c>.</summary>
/// <param name="Window">How long before and after a change is compared; zero makes no receipts.</param>
public sealed record ReceiptRules(TimeSpan Window)
{
    /// <summary>So long after the window the logs are read: requests are logged at their end, and arrive a little later.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(90);

    /// <summary>So long after that, reading is tried again where Google was out of quota or out of reach.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(15);

    /// <summary>Windows that other changes cut shorter than this are not compared.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>With fewer requests on a side, nothing is called good.</summary>
    public const int FewestRequests = 20;

    /// <summary>Ten minutes.</summary>
    public static ReceiptRules Default { get; } = new(TimeSpan.FromMinutes(10));
}
