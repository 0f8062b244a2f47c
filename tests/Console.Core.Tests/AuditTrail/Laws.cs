using FsCheck;
using FsCheck.Fluent;

namespace OpsConsole.Core.Tests.AuditTrail;

/// <summary>Laws of the ledger's texts and trees, checked on many values.</summary>
internal static class Laws
{
    /// <summary>Checks a law on many values.</summary>
    public static void Holds<T>(Gen<T> gen, Func<T, bool> law) => Prop.ForAll(gen.ToArbitrary(), law).QuickCheckThrowOnFailure();
}
