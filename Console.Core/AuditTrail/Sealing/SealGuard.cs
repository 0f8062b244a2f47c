using System.Globalization;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>
/// Looks before the first seal of a session whether the stored log still is the one that was signed last. Whoever signs on over another one makes a
/// second history with his own key, and wipes out the traces of whoever changed the first.
/// </summary>
internal static class SealGuard
{
    /// <summary>Null when sealing may go on; else why not, as a sentence.</summary>
    public static string? WhyNot(SealState state, LogKeys keys)
    {
        if (state.Checkpoint is not { } last)
        {
            return null;
        }

        var size = last.Size.ToString(CultureInfo.InvariantCulture);
        if (last.Signed.Verify(keys.VerifierKeys) is NoteVerification.Refused refused)
        {
            return $"The last checkpoint, of {size} leaves, is not signed with this key: {refused.Reason} Put the key file back that belongs to this database.";
        }

        var stored = state.Tiles.Size;
        return stored < last.Size
            ? string.Create(CultureInfo.InvariantCulture, $"A checkpoint of {size} leaves was signed, and the log has {stored}: its tail was cut off. Nothing more is sealed; verify the audit trail, and restore the database.")
            : stored == last.Size && state.Tiles.Root() != last.Signed.Checkpoint.Root
                ? $"The stored tree of {size} leaves does not have the root that was signed: it was changed. Nothing more is sealed; verify the audit trail, and restore the database."
                : null;
    }
}
