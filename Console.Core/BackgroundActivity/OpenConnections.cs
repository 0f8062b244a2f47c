using OpsConsole.Core.BackgroundActivity.Templates;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// A WebSocket that is still open has no request entry yet, so its lines look like work on an idle instance. In revisions with
/// WebSocket requests (status 101), the message with which most of them begin (<c>client connected</c>) gives such a
/// connection away: from that message on, idle lines of the instance are undecided.
/// </summary>
internal sealed class OpenConnections(LogTable table, RequestEnds ends, Results results, InstanceIndex lines, long[] counts)
{
    private const long AtOnce = 500 * Rules.Millisecond;
    private const int FewestBeginnings = 2;

    // Texts read for each revision: reading one costs a jump in the file.
    private const int MostTextsOfRequests = 600;
    private const int MostTextsOfIdleLines = 2000;

    private byte[] _buffer = [];

    public void Apply()
    {
        var webSockets = new bool[table.Revisions.Count];
        for (var r = 0; r < table.Requests.Count; r++)
        {
            webSockets[table.Requests[r].Revision] |= IsWebSocket(table.Requests[r]);
        }

        for (var revision = 0; revision < webSockets.Length; revision++)
        {
            if (webSockets[revision] && counts[At(revision, EntryClass.IdleInstance)] > 0)
            {
                Revision(revision);
            }
        }
    }

    private static bool IsWebSocket(in RequestRow request) => request.Status == 101;

    private static int At(int revision, EntryClass entryClass) => (revision * EntryClasses.Count) + (int)entryClass;

    private void Revision(int revision)
    {
        var instances = new List<int>();
        for (var i = 0; i < results.Facts.Length; i++)
        {
            if (results.Facts[i].Revision == revision && results.Facts[i].Requests > 0)
            {
                instances.Add(i);
            }
        }

        // In the order of their ids, not of the input.
        instances.Sort((a, b) => string.CompareOrdinal(table.Instances[a], table.Instances[b]));
        var beginnings = Beginnings(instances);
        if (beginnings.Count == 0)
        {
            return;
        }

        var asked = 0;
        foreach (var instance in instances)
        {
            Instance(instance, beginnings, ref asked);
        }
    }

    /// <summary>Messages that begin at least half of the revision's WebSocket requests, and come nowhere else in them.</summary>
    private HashSet<string> Beginnings(List<int> instances)
    {
        var first = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        var elsewhere = new Dictionary<string, int>(StringComparer.Ordinal);
        var requests = new HashSet<int>();
        var asked = 0;
        foreach (var instance in instances)
        {
            if (asked >= MostTextsOfRequests)
            {
                break;
            }

            foreach (var line in ByTime(instance))
            {
                var request = results.Requests.Of(line);
                if (request < 0 || results.Classes[line] != EntryClass.InRequest || !IsWebSocket(table.Requests[request]) || asked++ >= MostTextsOfRequests)
                {
                    continue;
                }

                var text = TextOf(line);
                if (requests.Add(request) && table.Lines[line].TimestampNs - ends.Start[request] <= AtOnce)
                {
                    if (!first.TryGetValue(text, out var begun))
                    {
                        first[text] = begun = [];
                    }

                    begun.Add(request);
                }
                else
                {
                    elsewhere[text] = elsewhere.GetValueOrDefault(text) + 1;
                }
            }
        }

        return [.. first
            .Where(f => f.Value.Count >= FewestBeginnings && f.Value.Count * 2 >= requests.Count && elsewhere.GetValueOrDefault(f.Key) * 10 <= f.Value.Count)
            .Select(f => f.Key)];
    }

    private void Instance(int instance, HashSet<string> beginnings, ref int asked)
    {
        var open = false;
        foreach (var line in ByTime(instance))
        {
            if (results.Classes[line] != EntryClass.IdleInstance)
            {
                continue;
            }

            if (!open && (asked++ >= MostTextsOfIdleLines || !beginnings.Contains(TextOf(line))))
            {
                continue;
            }

            open = true;
            results.Classes[line] = EntryClass.Unattributed;
            results.Note(line, Basis.None);
            counts[At(table.Lines[line].Revision, EntryClass.IdleInstance)]--;
            counts[At(table.Lines[line].Revision, EntryClass.Unattributed)]++;
        }
    }

    private int[] ByTime(int instance)
    {
        var rows = lines.Of(instance).ToArray();
        Array.Sort(rows, (a, b) => LineOrder.ByTime(table, a, b));
        return rows;
    }

    private string TextOf(int line) => Drain.Masked(MessageText.Of(table, table.Lines[line].Ref, ref _buffer));
}
