using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>Minimum, maximum and manual counts, and the region's quota of CPU and memory.</summary>
internal static class ScalingRules
{
    /// <summary>Milli-CPU that the maximum number of instances may add up to; the default quota of a region of this project.</summary>
    private const long CpuQuota = 400_000;

    private const long MemoryQuota = 1600 * Quantity.Gibi;

    public static ApiError? Check(JsonObject service, Template template)
    {
        var (own, whole) = (template.Json.Child("scaling"), service.Child("scaling"));
        return CheckCounts(own, "template.scaling")
            ?? CheckCounts(whole, "scaling")
            ?? CheckManual(whole)
            ?? CheckQuota(own.Number("maxInstanceCount"), template);
    }

    public static ApiError? CheckPool(JsonObject pool) => CheckManual(pool.Child("scaling"));

    // The rule is documented, the wording UNCONFIRMED.
    private static ApiError? CheckCounts(JsonObject scaling, string field)
    {
        var (min, max) = (scaling.Number("minInstanceCount"), scaling.Number("maxInstanceCount"));
        if (min < 0 || max < 0)
        {
            return ApiError.InvalidArgument($"{field}: Instance counts must not be negative.");
        }

        return max > 0 && min > max
            ? ApiError.InvalidArgument(string.Create(
                CultureInfo.InvariantCulture,
                $"{field}.min_instance_count: Min instances ({min}) must be less than or equal to max instances ({max})."))
            : null;
    }

    private static ApiError? CheckManual(JsonObject scaling)
    {
        var count = scaling.OptionalNumber("manualInstanceCount");
        return count < 0 ? ApiError.InvalidArgument("scaling.manual_instance_count: Instance counts must not be negative.")
            : scaling.Text("scalingMode") == "MANUAL" && count is null
                ? ApiError.InvalidArgument("scaling.manual_instance_count: Manual scaling requires a manual instance count.")
            : null;
    }

    // "scaling.max_instance_count: Max instances must be set to 5 or fewer to set the requested total CPU. Quota violated:
    // CpuAllocPerProjectRegion requested: 400000 allowed: 20000 MemAllocPerProjectRegion requested: … allowed: …"
    // More CPU alone can trip it, since the maximum stays at 100.
    private static ApiError? CheckQuota(int max, Template template)
    {
        var (cpu, memory) = ((long)max * template.MilliCpu, max * template.Memory);
        if (cpu <= CpuQuota && memory <= MemoryQuota)
        {
            return null;
        }

        var fits = Math.Min(CpuQuota / Math.Max(1, template.MilliCpu), MemoryQuota / Math.Max(1, template.Memory));
        return ApiError.InvalidArgument(string.Create(
            CultureInfo.InvariantCulture,
            $"scaling.max_instance_count: Max instances must be set to {fits} or fewer to set the requested total CPU. "
            + $"Quota violated: CpuAllocPerProjectRegion requested: {cpu} allowed: {CpuQuota} "
            + $"MemAllocPerProjectRegion requested: {memory} allowed: {MemoryQuota}"));
    }
}
