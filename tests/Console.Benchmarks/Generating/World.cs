using System.Collections.Concurrent;

namespace OpsConsole.Benchmarks.Generating;

/// <summary>
/// A seeded export and the truth about it. Made in parts of sixteen instances that live at the same time; parts are made by all
/// cores, and written in order, so that the same seed gives the same bytes whatever the number of cores.
/// </summary>
internal static class World
{
    private const int InstancesInPart = 16;
    private const int EntriesInPart = 16_000;
    private const long Begin = 1_772_323_200L * 1_000_000_000;

    /// <summary>Writes both files and returns how many entries and bytes there are.</summary>
    public static (long Entries, long Bytes) Generate(long entries, int seed, string file, string? truthFile)
    {
        var parts = (int)Math.Max(1, (entries + EntriesInPart - 1) / EntriesInPart);
        using var output = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        using var truth = truthFile is null ? Stream.Null : new FileStream(truthFile, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        var done = new ConcurrentDictionary<int, Part>();
        var free = new ConcurrentBag<Part>();
        using var slots = new SemaphoreSlim(Environment.ProcessorCount * 2);
        var next = 0;
        var written = 0;
        var total = 0L;
        var gate = new Lock();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (true)
            {
                slots.Wait();
                int number;
                lock (gate)
                {
                    number = next++;
                }

                if (number >= parts)
                {
                    slots.Release();
                    return;
                }

                var part = free.TryTake(out var old) ? old : new Part();
                var share = (int)(((entries * (number + 1)) / parts) - ((entries * number) / parts));
                part.Make(seed, number, share, Begin + (number * 600L * 1_000_000_000), InstancesInPart);
                done[number] = part;
                lock (gate)
                {
                    while (done.TryRemove(written, out var ready))
                    {
                        output.Write(ready.Entries.Written);
                        truth.Write(ready.Truth.Written);
                        total += ready.Count;
                        free.Add(ready);
                        written++;
                        slots.Release();
                    }
                }
            }
        });
        return (total, output.Length);
    }
}
