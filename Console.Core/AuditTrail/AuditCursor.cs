using System.Globalization;

namespace OpsConsole.Core.AuditTrail;

/// <summary>A place in the list, for keyset paging: the next page holds what stands before it. Prints to and parses from the address.</summary>
/// <param name="Sequence">Sequence of the last event shown: pages go down from it.</param>
public sealed record AuditCursor(long Sequence)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is not that.</summary>
    public static AuditCursor? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? new AuditCursor(sequence) : null;

    /// <inheritdoc />
    public override string ToString() => Sequence.ToString(CultureInfo.InvariantCulture);
}
