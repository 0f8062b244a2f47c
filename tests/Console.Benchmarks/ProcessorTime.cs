using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OpsConsole.Benchmarks;

/// <summary>
/// Seconds that processors worked for this process, and for a PostgreSQL server on this machine with its children, living and ended. On a machine that
/// others use too they say nearly the same, unlike wall time.
/// </summary>
internal static class ProcessorTime
{
    /// <summary>Up to now; the server's are 0 where there is none.</summary>
    public static async Task<(double Own, double Server)> ReadAsync(string? connection)
    {
        var own = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        if (string.IsNullOrEmpty(connection))
        {
            return (own, 0);
        }

        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT pg_backend_pid()");
        var parent = Parent(Stat((int)(await command.ExecuteScalarAsync())!)!);
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && Stat(pid) is { } fields && (pid == parent || Parent(fields) == parent))
            {
                // proc(5): fields 14 to 17 are utime, stime, cutime and cstime in ticks of 10 ms; field 2, the name in brackets, and field 1 are cut off here.
                ticks += fields[11..15].Sum(static field => long.Parse(field, CultureInfo.InvariantCulture));
            }
        }

        return (own, ticks / 100.0);

        static int Parent(string[] fields) => int.Parse(fields[1], CultureInfo.InvariantCulture);
    }

    private static string[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
