namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>Cells of rows, changed by as little as their type allows.</summary>
internal static class Cells
{
    /// <summary>Another value, as near as can be.</summary>
    /// <param name="value">The cell.</param>
    /// <param name="at">Which byte or character, counted round.</param>
    public static object? Changed(object? value, int at) => value switch
    {
        byte[] bytes when bytes.Length > 0 => Flipped(bytes, at % bytes.Length),
        string text when text.Length > 0 => Other(text, at % text.Length),
        string => "x",
        long number => number + 1,
        short number => (short)(number + 1),
        int number => number + 1,
        DateTime time => time.AddTicks(TimeSpan.TicksPerMicrosecond),
        string[] words => words.Append("zebra").ToArray(),
        _ => throw new InvalidOperationException($"No cell of a ledger is a {value?.GetType().Name ?? "null"}."),
    };

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }

    // Half of a surrogate pair alone is no text that a database takes: both halves make way.
    private static string Other(string text, int at)
    {
        var from = at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at;
        var length = char.IsHighSurrogate(text[from]) ? 2 : 1;
        return $"{text[..from]}{(text[from] == 'x' ? 'y' : 'x')}{text[(from + length)..]}";
    }
}
