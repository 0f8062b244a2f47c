using System.Globalization;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>Processor time of processes, as the kernel counts it (proc_pid_stat(5)).</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100; // USER_HZ
    private const int Parent = 1;
    private const int Own = 11; // utime, stime
    private const int Gone = 13; // those of children that ended

    /// <summary>Of one process.</summary>
    public static TimeSpan Of(int process) => Sum(Fields(process), Own);

    /// <summary>Of a process, its children, and those of them that ended.</summary>
    public static TimeSpan OfFamily(int process)
    {
        var fields = Fields(process);
        var sum = Sum(fields, Own) + Sum(fields, Gone);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Fields(id) is { Length: > Gone } child
                && int.Parse(child[Parent], CultureInfo.InvariantCulture) == process)
            {
                sum += Sum(child, Own);
            }
        }

        return sum;
    }

    // What follows the name in parentheses: state, parent, …
    private static string[] Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended.
            return [];
        }
    }

    private static TimeSpan Sum(string[] fields, int at) => fields.Length <= at + 1 ? TimeSpan.Zero
        : TimeSpan.FromSeconds((long.Parse(fields[at], CultureInfo.InvariantCulture) + long.Parse(fields[at + 1], CultureInfo.InvariantCulture)) / TicksPerSecond);
}
