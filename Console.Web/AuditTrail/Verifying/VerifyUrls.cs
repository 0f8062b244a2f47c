using System.Globalization;

namespace OpsConsole.Web;

/// <summary>Addresses of verification.</summary>
public static partial class Urls
{
    /// <summary>Verify everything or a range, compare checkpoints.</summary>
    public const string AuditVerify = "/audit/verify";

    /// <summary>The proof that the log only grew between two of its checkpoints.</summary>
    public const string AuditConsistency = "/audit/verify/consistency";

    /// <summary>The latest checkpoint with its signatures.</summary>
    public const string AuditCheckpoint = "/audit/verify/checkpoint";

    /// <summary>The proof from one size to another.</summary>
    public static string AuditConsistencyOf(long from, long to) => With(
        AuditConsistency, ("from", from.ToString(CultureInfo.InvariantCulture)), ("to", to.ToString(CultureInfo.InvariantCulture)));
}
