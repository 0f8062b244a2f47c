using System.Globalization;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.CloudRun;

/// <summary>What a field of a revision is called on screen, what absent means, and how its value reads.</summary>
/// <param name="Name">For people.</param>
/// <param name="Group">Heading.</param>
/// <param name="Format">Value as sent to value for people.</param>
/// <param name="Default">What absent means, as it would be sent; null when absent means just that.</param>
/// <param name="IsSecret">Its values are never shown.</param>
internal sealed record RevisionField(
    string Name, RevisionDifferenceGroup Group, Func<string, string> Format, string? Default = null, bool IsSecret = false)
{
    /// <summary>Between the arguments of a command line in a flattened value: no argument holds it.</summary>
    public const char ArgumentSeparator = '\u001F';

    private static readonly Func<string, string> AsIs = static value => value;
    private static readonly Func<string, string> OnOff = static value => value == "true" ? "on" : "off";
    private static readonly Func<string, string> Seconds = static value => $"{value} s";
    private static readonly Func<string, string> Duration = static value =>
        ProtoDuration.TryParse(value, out var span) ? $"{span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s" : value;

    private static readonly Dictionary<string, RevisionField> Top = new(StringComparer.Ordinal)
    {
        ["scaling.minInstanceCount"] = new("Minimum instances of the revision", RevisionDifferenceGroup.Scaling, AsIs, "0"),
        ["scaling.maxInstanceCount"] = new("Maximum instances of the revision", RevisionDifferenceGroup.Scaling, AsIs, "100"),
        ["maxInstanceRequestConcurrency"] = new("Concurrent requests per instance", RevisionDifferenceGroup.Scaling, AsIs),
        ["timeout"] = new("Request timeout", RevisionDifferenceGroup.Scaling, Duration, "300s"),
        ["sessionAffinity"] = new("Session affinity", RevisionDifferenceGroup.Scaling, OnOff, "false"),
        ["executionEnvironment"] = new("Execution environment", RevisionDifferenceGroup.Resources, static value => value switch
        {
            "EXECUTION_ENVIRONMENT_GEN1" => "first generation",
            "EXECUTION_ENVIRONMENT_GEN2" => "second generation",
            _ => value,
        }),
        ["nodeSelector.accelerator"] = new("GPU type", RevisionDifferenceGroup.Resources, AsIs),
        ["gpuZonalRedundancyDisabled"] = new("GPU zonal redundancy disabled", RevisionDifferenceGroup.Resources, OnOff, "false"),
        ["serviceAccount"] = new("Service account", RevisionDifferenceGroup.NetworkAndIdentity, AsIs),
        ["encryptionKey"] = new("Encryption key", RevisionDifferenceGroup.NetworkAndIdentity, AsIs),
        ["vpcAccess.connector"] = new("VPC connector", RevisionDifferenceGroup.NetworkAndIdentity, ResourceName.ShortName),
        ["vpcAccess.egress"] = new("VPC egress", RevisionDifferenceGroup.NetworkAndIdentity, static value => value switch
        {
            "ALL_TRAFFIC" => "all traffic",
            "PRIVATE_RANGES_ONLY" => "private ranges only",
            _ => value,
        }),
    };

    private static readonly Dictionary<string, RevisionField> OfContainer = new(StringComparer.Ordinal)
    {
        ["image"] = new("Image", RevisionDifferenceGroup.Containers, AsIs),
        ["command"] = new("Command", RevisionDifferenceGroup.Containers, Arguments),
        ["args"] = new("Arguments", RevisionDifferenceGroup.Containers, Arguments),
        ["workingDir"] = new("Working directory", RevisionDifferenceGroup.Containers, AsIs),
        ["dependsOn"] = new("Starts after", RevisionDifferenceGroup.Containers, AsIs),
        ["ports[0].containerPort"] = new("Port", RevisionDifferenceGroup.Containers, AsIs),
        ["ports[0].name"] = new("Protocol", RevisionDifferenceGroup.Containers, static value => value == "h2c" ? "HTTP/2 (h2c)" : value == "http1" ? "HTTP/1" : value),
        ["resources.limits[cpu]"] = new("CPU", RevisionDifferenceGroup.Resources, Quantity.FormatCpu),
        ["resources.limits[memory]"] = new("Memory", RevisionDifferenceGroup.Resources, Quantity.FormatMemory),
        ["resources.limits[nvidia.com/gpu]"] = new("GPUs", RevisionDifferenceGroup.Resources, AsIs),
        ["resources.cpuIdle"] = new("CPU billing", RevisionDifferenceGroup.Resources, static value => value == "true" ? "request-based" : "instance-based", "false"),
        ["resources.startupCpuBoost"] = new("Startup CPU boost", RevisionDifferenceGroup.Resources, OnOff, "false"),
    };

    private static readonly Dictionary<string, (string Name, Func<string, string> Format, string? Default)> OfProbe = new(StringComparer.Ordinal)
    {
        ["initialDelaySeconds"] = ("initial delay", Seconds, "0"),
        ["timeoutSeconds"] = ("timeout", Seconds, "1"),
        ["periodSeconds"] = ("period", Seconds, "10"),
        ["failureThreshold"] = ("failures allowed", AsIs, "3"),
        ["httpGet.path"] = ("HTTP path", AsIs, null),
        ["httpGet.port"] = ("HTTP port", AsIs, null),
        ["tcpSocket.port"] = ("TCP port", AsIs, null),
        ["grpc.port"] = ("gRPC port", AsIs, null),
        ["grpc.service"] = ("gRPC service", AsIs, null),
    };

    /// <summary>Describes a path of <see cref="RevisionDiff"/>.</summary>
    public static RevisionField Describe(string path)
    {
        if (Top.TryGetValue(path, out var known))
        {
            return known;
        }

        return Bracketed(path, "containers") is { } container ? DescribeContainer(container.Name, container.Field, path)
            : Bracketed(path, "labels") is { } label ? new RevisionField($"Label {label.Name}", RevisionDifferenceGroup.Labels, AsIs)
            : Bracketed(path, "annotations") is { } annotation ? new RevisionField($"Annotation {annotation.Name}", RevisionDifferenceGroup.Labels, AsIs)
            : Bracketed(path, "volumes") is { } volume ? new RevisionField($"Volume {volume.Name}: {volume.Field}", RevisionDifferenceGroup.NetworkAndIdentity, AsIs)
            : path.StartsWith("vpcAccess.", StringComparison.Ordinal) ? new RevisionField($"Network: {path["vpcAccess.".Length..]}", RevisionDifferenceGroup.NetworkAndIdentity, AsIs)
            : path.StartsWith("scaling.", StringComparison.Ordinal) ? new RevisionField($"Scaling: {path["scaling.".Length..]}", RevisionDifferenceGroup.Scaling, AsIs)
            : new RevisionField(path, RevisionDifferenceGroup.Other, AsIs);
    }

    /// <summary>What absent means.</summary>
    public static string? DefaultOf(string path) => Describe(path).Default;

    /// <summary>One spelling for equal values: <c>1000m</c> and <c>1</c>, <c>300s</c> and <c>300.000s</c>.</summary>
    public static string Canonical(string path, string value) =>
        path.EndsWith("limits[cpu]", StringComparison.Ordinal) && Quantity.TryParseCpuMillis(value, out var millis) ? millis.ToString(CultureInfo.InvariantCulture)
        : path.EndsWith("limits[memory]", StringComparison.Ordinal) && Quantity.TryParseBytes(value, out var bytes) ? bytes.ToString(CultureInfo.InvariantCulture)
        : path == "timeout" && ProtoDuration.TryParse(value, out var span) ? ProtoDuration.Format(span)
        : value;

    private static RevisionField DescribeContainer(string container, string rest, string path)
    {
        // "0" stands for a lone container, whatever it is called.
        var of = container == "0" ? "" : $" of container {container}";
        if (OfContainer.TryGetValue(rest, out var known))
        {
            return known with { Name = known.Name + of };
        }

        if (Bracketed(rest, "env") is { } variable)
        {
            return variable.Field switch
            {
                "value" => new RevisionField($"Variable {variable.Name}{of}", RevisionDifferenceGroup.Variables, static _ => RawJsonMask.Hidden, IsSecret: true),
                "valueSource.secretKeyRef.secret" => new RevisionField($"Variable {variable.Name}{of}: secret", RevisionDifferenceGroup.Variables, ResourceName.ShortName),
                "valueSource.secretKeyRef.version" => new RevisionField($"Variable {variable.Name}{of}: secret version", RevisionDifferenceGroup.Variables, AsIs),
                _ => new RevisionField($"Variable {variable.Name}{of}: {variable.Field}", RevisionDifferenceGroup.Variables, AsIs),
            };
        }

        foreach (var (key, name) in (ReadOnlySpan<(string, string)>)[("startupProbe.", "Startup probe"), ("livenessProbe.", "Liveness probe"), ("readinessProbe.", "Readiness probe")])
        {
            if (rest.StartsWith(key, StringComparison.Ordinal))
            {
                var field = rest[key.Length..];
                return OfProbe.TryGetValue(field, out var probe)
                    ? new RevisionField($"{name}{of}: {probe.Name}", RevisionDifferenceGroup.Containers, probe.Format, probe.Default)
                    : new RevisionField(
                        $"{name}{of}: {field}",
                        RevisionDifferenceGroup.Containers,
                        AsIs,
                        IsSecret: field.Contains("httpHeaders", StringComparison.Ordinal) && field.EndsWith(".value", StringComparison.Ordinal));
            }
        }

        return Bracketed(rest, "volumeMounts") is { } mount
            ? new RevisionField($"Mount of volume {mount.Name}{of}: {mount.Field}", RevisionDifferenceGroup.NetworkAndIdentity, AsIs)
            : rest.StartsWith("resources.limits[", StringComparison.Ordinal)
                ? new RevisionField($"Limit {rest["resources.limits[".Length..^1]}{of}", RevisionDifferenceGroup.Resources, AsIs)
                : new RevisionField(path, RevisionDifferenceGroup.Other, AsIs);
    }

    /// <summary><c>containers[api].image</c> with <c>containers</c> is (<c>api</c>, <c>image</c>); null when it is another path.</summary>
    private static (string Name, string Field)? Bracketed(string path, string collection)
    {
        if (!path.StartsWith(collection, StringComparison.Ordinal) || path.Length <= collection.Length || path[collection.Length] != '[')
        {
            return null;
        }

        var start = collection.Length + 1;
        var end = path.IndexOf("].", start, StringComparison.Ordinal);
        return end >= 0 ? (path[start..end], path[(end + 2)..])
            : path[^1] == ']' ? (path[start..^1], "")
            : null;
    }

    private static string Arguments(string value) => string.Join(' ', RawJsonMask.MaskArguments(value.Split(ArgumentSeparator)));
}
