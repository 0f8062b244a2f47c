namespace OpsConsole.Core.CloudRun;

/// <summary>Sizes of a revision as people ask for them: totals over its containers, and defaults filled in.</summary>
public static class RevisionSizes
{
    /// <summary>CPU of all containers in thousandths; null where one does not say.</summary>
    public static int? CpuMillis(this RevisionTemplate template)
    {
        var sum = 0;
        foreach (var container in template.Containers)
        {
            if (!Quantity.TryParseCpuMillis(container.Resources?.Limits.GetValueOrDefault("cpu"), out var millis))
            {
                return null;
            }

            sum += millis;
        }

        return template.Containers.Count == 0 ? null : sum;
    }

    /// <summary>Memory of all containers in bytes; null where one does not say.</summary>
    public static long? MemoryBytes(this RevisionTemplate template)
    {
        var sum = 0L;
        foreach (var container in template.Containers)
        {
            if (!Quantity.TryParseBytes(container.Resources?.Limits.GetValueOrDefault("memory"), out var bytes))
            {
                return null;
            }

            sum += bytes;
        }

        return template.Containers.Count == 0 ? null : sum;
    }

    /// <summary>
    /// Requests at once per instance, with the default filled in: 80 with one CPU or more, 1 with less
    /// (google.cloud.run.v2.RevisionTemplate.max_instance_request_concurrency).
    /// </summary>
    public static int EffectiveConcurrency(this RevisionTemplate template) =>
        template.MaxInstanceRequestConcurrency > 0 ? template.MaxInstanceRequestConcurrency
        : template.CpuMillis() is < 1000 ? 1 : 80;

    /// <summary>The revision's maximum of instances, with the server's default of 100 filled in.</summary>
    public static int EffectiveMaximum(this RevisionScaling scaling) =>
        scaling.MaxInstanceCount > 0 ? scaling.MaxInstanceCount : EffectiveScaling.DefaultMaximum;
}
