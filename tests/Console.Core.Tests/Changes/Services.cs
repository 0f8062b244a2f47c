using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Tests.Changes;

/// <summary>Raw services and changes for the laws of the planner: with sidecars, tags, and fields that no type knows at every level.</summary>
internal static class Services
{
    public static readonly ResourceName Name = ResourceName.Service("acme", "europe-west1", "checkout");

    /// <summary>A number whose spelling a parser would lose, a text with escapes, an object of its own.</summary>
    private static readonly string[] Unknown = ["1.50", "12345678901234567890123", "1e3", "\"ü \\u0041 \\n <&>\"", "{\"deep\":[1,{\"x\":null}]}", "[]", "{}", "null", "\"\""];

    public static Gen<(string Json, Change Change)> ServicesAndChanges => Service.SelectMany(static json => Change, static (json, change) => (json, change));

    private static Gen<string> Service =>
        from count in Gen.Choose(1, 3)
        from ingress in Gen.Choose(0, count - 1)
        from containers in Container.ArrayOf(count)
        from unknown in Gen.Elements(Unknown).ArrayOf(4)
        from named in Gen.Elements(true, false)
        from traffic in Gen.Elements(
            null,
            """[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":100,"newField":7.0}]""",
            """[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-00001-aaa","percent":90,"tag":"old","newField":{"a":1}},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":10}]""",
            """[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-00001-aaa","percent":100},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-00002-bbb","tag":"canary"}]""")
        from scaling in Gen.Elements(
            null, """{"minInstanceCount":1,"overflowScaling":{"x":1.10}}""", """{"scalingMode":"MANUAL","manualInstanceCount":2}""", """{"maxInstanceCount":20,"minInstanceCount":2}""")
        from own in Gen.Elements(null, """{"maxInstanceCount":100}""", """{"minInstanceCount":3,"maxInstanceCount":50,"cpuUtilization":60}""")
        from environment in Gen.Elements(null, "EXECUTION_ENVIRONMENT_GEN1", "EXECUTION_ENVIRONMENT_GEN2")
        select Build(containers, ingress, unknown, named, traffic, scaling, own, environment);

    private static Gen<string> Container =>
        from resources in Gen.Elements(
            null,
            """{"limits":{"cpu":"1","memory":"512Mi"},"cpuIdle":true}""",
            """{"limits":{"cpu":"1000m","memory":"1Gi","nvidia.com/new":"0"},"startupCpuBoost":true}""",
            """{"limits":{"cpu":"0.5","memory":"256Mi"},"cpuIdle":true,"newField":"x"}""",
            """{"limits":{"cpu":"2","memory":"4Gi"},"cpuIdle":false}""")
        from unknown in Gen.Elements(Unknown)
        select $$"""{"image":"i","env":[{"name":"A","value":"ü"},{"name":"B","newSource":{{unknown}}}],"readinessProbe":{{unknown}}{{(resources is null ? "" : $",\"resources\":{resources}")}}}""";

    private static Gen<Change> Change
    {
        get
        {
            var one = Gen.OneOf(
                Gen.Elements(true, false).Select(static on => (Change)new SetCpuAllocation(on)),
                Gen.Elements(true, false).Select(static on => (Change)new SetStartupBoost(on)),
                Gen.Elements(true, false).Select(static on => (Change)new SetSessionAffinity(on)),
                Gen.Choose(-1, 40).Two().Select(static t => (Change)new SetInstanceLimits(t.Item1, t.Item2 < 5 ? null : t.Item2)),
                Gen.Choose(0, 120).Two().Select(static t => (Change)new SetRevisionLimits(t.Item1 > 60 ? null : t.Item1, t.Item2)),
                Gen.Elements(0, 1, 2, 80, 1000, 1001).Select(static n => (Change)new SetConcurrency(n)),
                Gen.Elements("0.05", "0.5", "1", "1.5", "2", "4", "8", null).SelectMany(
                    static _ => Gen.Elements("128Mi", "512Mi", "4Gi", "5Gi", "33Gi", null), static (cpu, memory) => (Change)new SetResources(cpu, memory)),
                Gen.Elements(0, 1, 300, 3600, 4000).Select(static s => (Change)new SetTimeout(s)),
                Gen.Elements(Enum.GetValues<ExecutionEnvironment>()).Select(static e => (Change)new SetExecutionEnvironment(e)),
                Gen.Choose(5, 100).Two().Select(static t => (Change)new SetScalingTargets(t.Item1, t.Item2)),
                Gen.Elements(0, 1, 7).Select(static n => (Change)new ScaleManually(n)),
                Gen.Constant((Change)new ScaleAutomatically()),
                Gen.Constant((Change)new RouteToLatest()),
                Gen.Constant((Change)new RouteToRevision("checkout-00002-bbb")),
                Gen.Constant((Change)new RollBack("checkout-00001-aaa")),
                Gen.Choose(-5, 105).SelectMany(static _ => Gen.Elements("", "checkout-00001-aaa", "checkout-00003-ccc"), static (p, r) => (Change)new ShiftTraffic(r, p)),
                Gen.Choose(1, 100).Two().SelectMany(static _ => Gen.Elements("", "checkout-00002-bbb"), static (t, r) => (Change)new MoveTraffic(r, [t.Item1, t.Item2], 60)),
                Gen.Elements("old", "canary").Select(static t => (Change)new RemoveTag(t)),
                Gen.Choose(0, 100).Select(static p => (Change)new SplitTraffic([new TrafficShare("", p), new TrafficShare("checkout-00001-aaa", 100 - p)])));
            return Gen.OneOf(one, one.Two().Select(static t => Several.Of(t.Item1, t.Item2)));
        }
    }

    private static string Build(
        string[] containers, int ingress, string[] unknown, bool named, string? traffic, string? scaling, string? own, string? environment)
    {
        for (var i = 0; i < containers.Length; i++)
        {
            var name = containers.Length > 1 || named ? $"\"name\":\"c{i}\"," : "";
            var ports = i == ingress ? "\"ports\":[{\"name\":\"http1\",\"containerPort\":8080}]," : "";
            containers[i] = $"{{{name}{ports}{containers[i][1..]}";
        }

        return $$"""
            {"name":"{{Name.Value}}","etag":"\"CLmtssIGEMCopKUD/x\"","newTop":{{unknown[0]}},"reconciling":false,
             "template":{ {{(named ? "\"revision\":\"checkout-00002-bbb\"," : "")}}"newInTemplate":{{unknown[1]}},
               {{(own is null ? "" : $"\"scaling\":{own},")}}{{(environment is null ? "" : $"\"executionEnvironment\":\"{environment}\",")}}
               "volumes":[{"name":"v","newVolume":{{unknown[2]}}}],"labels":{"a.b/c":"d"},"containers":[{{string.Join(',', containers)}}]},
             {{(traffic is null ? "" : $"\"traffic\":{traffic},")}}{{(scaling is null ? "" : $"\"scaling\":{scaling},")}}"multiRegionSettings":{{unknown[3]}}}
            """;
    }

    /// <summary>The server's half of a PATCH, written down a second time: the masked fields of the body, and nothing else.</summary>
    public static JsonObject Patch(string json, Plan plan)
    {
        var stored = (JsonObject)JsonNode.Parse(json)!;
        var body = (JsonObject)JsonNode.Parse(plan.Body)!;
        foreach (var path in plan.Mask)
        {
            JsonObject target = stored;
            JsonNode? source = body;
            var steps = path.Split('.');
            foreach (var step in steps[..^1])
            {
                source = source?[step];
                target = (JsonObject)(target[step] ??= new JsonObject());
            }

            target.Remove(steps[^1]);
            if (source?[steps[^1]] is { } value)
            {
                target[steps[^1]] = value.DeepClone();
            }
        }

        return stored;
    }

    /// <summary>Every value of a JSON text by its path, in the spelling that it has there.</summary>
    public static Dictionary<string, string> Leaves(JsonNode root)
    {
        Dictionary<string, string> leaves = new(StringComparer.Ordinal);
        Add(root, "");
        return leaves;

        void Add(JsonNode? node, string path)
        {
            switch (node)
            {
                case JsonObject { Count: > 0 } found:
                    foreach (var (key, child) in found)
                    {
                        Add(child, $"{path}/{key}");
                    }

                    break;
                case JsonArray { Count: > 0 } list:
                    for (var i = 0; i < list.Count; i++)
                    {
                        Add(list[i], $"{path}/{(list[i] as JsonObject)?["name"]?.GetValue<string>() ?? $"{i}"}");
                    }

                    break;
                default:
                    leaves[path] = node?.ToJsonString() ?? "null";
                    break;
            }
        }
    }
}
