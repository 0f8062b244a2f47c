namespace OpsConsole.Core.Changes.Receipts;

/// <summary>What the logs say of a change some minutes later.</summary>
public enum ReceiptVerdict
{
    /// <summary>Too little is known: few requests, a window cut short, logs that could not be read.</summary>
    CannotTell,

    /// <summary>Nothing got worse that counts.</summary>
    Good,

    /// <summary>Something got worse beyond chance: see <see cref="Receipt.Because"/>. A bulk plan stops.</summary>
    Bad,
}
