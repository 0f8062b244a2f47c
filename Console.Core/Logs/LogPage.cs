using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Logs;

/// <summary>
/// One page of an answer. An empty page is normal ("it did not have time to search all"): reading goes on by itself.
/// A page with an <see cref="Error"/> is the last one; what came before it stands.
/// </summary>
/// <param name="Entries">In the order asked for; may be empty.</param>
/// <param name="Calls">How many entries:list calls have been made for this query so far (60 a minute per project).</param>
/// <param name="Error">Set on the last page when reading could not go on.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Entries, int Calls, CloudRunError? Error = null);
