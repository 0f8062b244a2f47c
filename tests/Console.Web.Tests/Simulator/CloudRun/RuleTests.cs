using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Simulator.CloudRun;

public sealed class RuleTests
{
    private const string Checkout = SimulatorUnderTest.Europe + "/services/checkout";

    [Theory]
    [InlineData("0.5", "512Mi", true, 80, "", "Total cpu < 1 is not supported with concurrency > 1.")]
    [InlineData("500m", "512Mi", false, 1, "", "Total cpu < 1 is not supported with cpu always allocated (unthrottled).")]
    [InlineData("0.5", "512Mi", true, 1, "EXECUTION_ENVIRONMENT_GEN2", "Total cpu < 1 is not supported with gen2 execution environment.")]
    [InlineData("1", "256Mi", false, 80, "", "Total memory < 512 Mi is not supported with cpu always allocated (unthrottled).")]
    [InlineData("1", "256Mi", true, 80, "EXECUTION_ENVIRONMENT_GEN2", "Total memory < 512 Mi is not supported with gen2 execution environment.")]
    [InlineData("1", "5Gi", true, 80, "", "For 1.0 CPU, memory must be between 512Mi and 4Gi inclusive.")]
    [InlineData("4", "1Gi", true, 80, "", "For 4.0 CPU, memory must be between 2Gi and 16Gi inclusive.")]
    [InlineData("1.5", "1Gi", true, 80, "", "Invalid value specified for cpu.")]
    [InlineData("1", "512Mi", true, 1001, "", "Invalid value specified for concurrency.")]
    public async Task Patch_CombinationThatCloudRunRefuses_SaysSoInItsWords(
        string cpu, string memory, bool cpuIdle, int concurrency, string environment, string message)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.RewriteAsync(Checkout, service =>
        {
            var template = service["template"]!;
            template["maxInstanceRequestConcurrency"] = concurrency;
            template["executionEnvironment"] = environment.Length == 0 ? null : environment;
            template["containers"]![0]!["resources"] = new JsonObject
            {
                ["limits"] = new JsonObject { ["cpu"] = cpu, ["memory"] = memory },
                ["cpuIdle"] = cpuIdle,
            };
        }, "?validateOnly=true");

        Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
        Assert.StartsWith("template.", answer.Message, StringComparison.Ordinal);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_SmallCpuInGen1WithOneRequestAtATime_IsAccepted()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PatchAsync(
            Checkout + "?validateOnly=true&updateMask=template.containers,template.maxInstanceRequestConcurrency",
            """{"template":{"containers":[{"image":"img","resources":{"limits":{"cpu":"0.5","memory":"256Mi"},"cpuIdle":true}}]}}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, (int)answer.Json["response"]!["template"]!["maxInstanceRequestConcurrency"]!);
    }

    [Theory]
    [InlineData("""{"template":{"scaling":{"minInstanceCount":30}}}""", "template.scaling.minInstanceCount", "must be less than or equal to max instances")]
    [InlineData("""{"scaling":{"scalingMode":"MANUAL"}}""", "scaling", "Manual scaling requires a manual instance count")]
    [InlineData("""{"template":{"timeout":"3601s"}}""", "template.timeout", "Invalid value specified for timeout")]
    [InlineData("""{"labels":{"run.googleapis.com/x":"1"}}""", "labels", "not supported in this API version")]
    [InlineData("""{"template":{"annotations":{"autoscaling.knative.dev/maxScale":"1"}}}""", "template.annotations", "not supported in this API version")]
    [InlineData("""{"traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":90}]}""", "traffic", "must sum to 100")]
    [InlineData("""{"traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"checkout-x","percent":100}]}""", "traffic", "'checkout-x' does not exist")]
    [InlineData("""{"template":{"containers":[]}}""", "template.containers", "at least one container")]
    public async Task Patch_IllegalSetting_IsRefused(string body, string mask, string message)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.PatchAsync($"{Checkout}?updateMask={mask}", body);

        Assert.Equal((400, "INVALID_ARGUMENT"), (answer.Status, answer.Code));
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_MoreCpuThanTheQuotaAtTheMaximum_NamesTheQuota()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.RewriteAsync(Checkout, static service =>
        {
            service["template"]!["scaling"]!["maxInstanceCount"] = 100;
            service["template"]!["containers"]![0]!["resources"]!["limits"] = new JsonObject { ["cpu"] = "8", ["memory"] = "8Gi" };
        });

        Assert.StartsWith(
            "scaling.max_instance_count: Max instances must be set to 50 or fewer to set the requested total CPU. Quota violated: CpuAllocPerProjectRegion requested: 800000 allowed: 400000",
            answer.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "4", "16Gi", 3, "GPUs require CPU to be always allocated")]
    [InlineData(false, "2", "8Gi", 3, "at least 4 CPU and 16Gi")]
    [InlineData(false, "4", "16Gi", 4, "Max instances must be set to 3 or fewer in order to set GPU requirements.")]
    public async Task Patch_Gpu_HasItsOwnRules(bool cpuIdle, string cpu, string memory, int max, string message)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        var answer = await simulator.RewriteAsync(Checkout, service =>
        {
            service["template"]!["scaling"]!["maxInstanceCount"] = max;
            service["template"]!["nodeSelector"] = new JsonObject { ["accelerator"] = "nvidia-l4" };
            service["template"]!["containers"]![0]!["resources"] = new JsonObject
            {
                ["limits"] = new JsonObject { ["cpu"] = cpu, ["memory"] = memory, ["nvidia.com/gpu"] = "1" },
                ["cpuIdle"] = cpuIdle,
            };
        });

        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }
}
