namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>An entry of a live window, with the little that the window itself needs to know of it.</summary>
/// <param name="Key">Hash of log name, timestamp and insertId.</param>
/// <param name="Timestamp">For requests, their start.</param>
/// <param name="Received">When Cloud Logging received it.</param>
/// <param name="IsRequest">A request entry: it counts as long as its end lies in the window.</param>
/// <param name="Raw">The JSON object.</param>
internal readonly record struct KeptEntry(UInt128 Key, DateTimeOffset Timestamp, DateTimeOffset Received, bool IsRequest, ReadOnlyMemory<byte> Raw)
{
    // Key, times, row in the table, list and set slots: measured roughly, so that the cap means memory and not text.
    private const int Overhead = 250;

    /// <summary>Bytes that keeping it costs.</summary>
    public int Cost => Raw.Length + Overhead;

    /// <summary>The last time at which it says something about the instance.</summary>
    public DateTimeOffset Reaches => IsRequest && Received > Timestamp ? Received : Timestamp;
}
