namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What the three books say together of one change. The gravest first.</summary>
public enum StatementVerdict
{
    /// <summary>Google's log shows a change made with the console's account, and this trail does not hold it.</summary>
    MissingHere,

    /// <summary>Cloud Run shows it, and neither log explains it.</summary>
    Unexplained,

    /// <summary>This trail says that it was done, and Google's log does not show it.</summary>
    NotInGoogle,

    /// <summary>Made without the console; Google's log says by whom.</summary>
    Outside,

    /// <summary>Its end is not known yet, or Google's log may not have it yet.</summary>
    Unsettled,

    /// <summary>The books agree.</summary>
    Explained,
}
