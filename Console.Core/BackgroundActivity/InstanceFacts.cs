namespace OpsConsole.Core.BackgroundActivity;

/// <summary>What a sweep learned of one instance.</summary>
/// <param name="Revision">Revision of its entries; -1 when it has none.</param>
/// <param name="Requests">Requests that it took.</param>
/// <param name="ContainerLines">Container lines.</param>
/// <param name="WriteTimeEnds">How many of its requests end at their write time.</param>
/// <param name="Throttled">Late lines bear the fingerprint of throttled CPU.</param>
/// <param name="LastRequestEndNs">End of its last request; 0 without any.</param>
/// <param name="LastLineNs">Time of its last line; 0 without any.</param>
internal readonly record struct InstanceFacts(
    int Revision, int Requests, int ContainerLines, int WriteTimeEnds, bool Throttled, long LastRequestEndNs, long LastLineNs);
