using System.Globalization;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>
/// CPU and memory, and what they exclude; https://docs.cloud.google.com/run/docs/configuring/services/cpu and /memory-limits.
/// The texts behind the field's path are Cloud Run's own.
/// </summary>
internal static class CpuMemoryRules
{
    private const string CpuField = "template.containers.resources.limits.cpu: Invalid value specified for cpu. ";

    private const string MemoryField = "template.containers.resources.limits.memory: Invalid value specified for memory. ";

    // From this CPU on (in thousandths): the least and the most memory.
    private static readonly (int MilliCpu, long Least, long Most)[] MemoryOfCpu =
    [
        (8000, 4 * Quantity.Gibi, 32 * Quantity.Gibi),
        (6000, 4 * Quantity.Gibi, 24 * Quantity.Gibi),
        (4000, 2 * Quantity.Gibi, 16 * Quantity.Gibi),
        (2000, 128 * Quantity.Mebi, 8 * Quantity.Gibi),
        (1000, 128 * Quantity.Mebi, 4 * Quantity.Gibi),
        (500, 128 * Quantity.Mebi, Quantity.Gibi),
        (80, 128 * Quantity.Mebi, 512 * Quantity.Mebi),
    ];

    /// <summary>Checks a service's template; for pools and jobs, which have no requests, <see cref="CheckAmounts"/> is enough.</summary>
    public static ApiError? Check(Template template) =>
        CheckAmounts(template)
        ?? CheckFractionalCpu(template)
        ?? CheckSmallMemory(template)
        ?? CheckTable(template);

    public static ApiError? CheckAmounts(Template template)
    {
        foreach (var container in template.Containers)
        {
            var (cpu, memory) = (Template.Limit(container, "cpu"), Template.Limit(container, "memory"));
            if (Quantity.MilliCpu(cpu) is not { } milli || milli < 80)
            {
                return ApiError.InvalidArgument($"{CpuField}'{cpu}' is not a valid amount of CPU: the least is 0.08.");
            }

            if (milli > 1000 && milli is not (2000 or 4000 or 6000 or 8000))
            {
                return ApiError.InvalidArgument($"{CpuField}The supported values above 1 are 2, 4, 6 and 8.");
            }

            if (Quantity.Bytes(memory) is null)
            {
                return ApiError.InvalidArgument($"{MemoryField}'{memory}' is not a valid amount of memory.");
            }
        }

        return template.MilliCpu > 8000 ? ApiError.InvalidArgument($"{CpuField}Total cpu must not exceed 8.") : null;
    }

    /// <summary>Less than one CPU needs concurrency 1, gen1 and request-based billing.</summary>
    private static ApiError? CheckFractionalCpu(Template template)
    {
        if (template.MilliCpu >= 1000)
        {
            return null;
        }

        var with = template.Concurrency > 1 ? "concurrency > 1."
            : template.Unthrottled ? "cpu always allocated (unthrottled)."
            : template.Gen2 ? "gen2 execution environment."
            : null;
        return with is null ? null : ApiError.InvalidArgument($"{CpuField}Total cpu < 1 is not supported with {with}");
    }

    private static ApiError? CheckSmallMemory(Template template)
    {
        if (template.Memory >= 512 * Quantity.Mebi)
        {
            return null;
        }

        var with = template.Unthrottled ? "cpu always allocated (unthrottled)."
            : template.Gen2 || NeedsGen2(template) ? "gen2 execution environment."
            : null;
        return with is null ? null : ApiError.InvalidArgument($"{MemoryField}Total memory < 512 Mi is not supported with {with}");
    }

    private static ApiError? CheckTable(Template template)
    {
        var row = MemoryOfCpu.First(r => template.MilliCpu >= r.MilliCpu || r.MilliCpu == 80);
        if (template.Memory >= row.Least && template.Memory <= row.Most)
        {
            return null;
        }

        // "For 1.0 CPU, memory must be between 512Mi and 4Gi inclusive". In gen1, less is taken than this says.
        var cpu = (template.MilliCpu / 1000.0).ToString("0.0##", CultureInfo.InvariantCulture);
        var least = template.MilliCpu >= 1000 ? Math.Max(row.Least, 512 * Quantity.Mebi) : row.Least;
        return ApiError.InvalidArgument(
            $"{MemoryField}For {cpu} CPU, memory must be between {Quantity.Print(least)} and {Quantity.Print(row.Most)} inclusive.");
    }

    /// <summary>Volumes on Cloud Storage or NFS bring the second generation with them, without saying so in the template.</summary>
    private static bool NeedsGen2(Template template) =>
        template.Json.Children("volumes").Any(static v => v["gcs"] is not null || v["nfs"] is not null);
}
