using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>What Cloud Run fills in where a request is silent: clients read these values back as if they had been sent.</summary>
internal static class Defaults
{
    private static readonly string[] Probes = ["livenessProbe", "startupProbe", "readinessProbe"];

    private static readonly string[] ProbeActions = ["httpGet", "tcpSocket", "grpc"];

    /// <summary>Completes a Service as the server does before it stores it.</summary>
    public static void Fill(JsonObject service, string projectNumber)
    {
        service["launchStage"] ??= "GA";
        service["ingress"] ??= "INGRESS_TRAFFIC_ALL";
        service["traffic"] ??= new JsonArray(new JsonObject { ["type"] = ParentKind.Service.Latest, ["percent"] = 100 });
        var template = Ensure(service, "template");

        // "When unspecified, the field is set to the server default value of 100": it comes back even if nobody set it.
        Ensure(template, "scaling")["maxInstanceCount"] ??= 100;
        template["timeout"] ??= "300s";
        template["serviceAccount"] ??= ServiceAccount(projectNumber);

        var containers = template.Children("containers").ToList();
        foreach (var container in containers)
        {
            FillContainer(container);
        }

        // The container with ports takes the requests; a single container needs none written down.
        if (containers.Count == 1)
        {
            containers[0]["ports"] ??= new JsonArray(new JsonObject());
        }

        foreach (var container in containers.Where(static c => c["ports"] is not null))
        {
            FillIngress(container);
        }

        // "If not specified or 0, defaults to 80 when CPU>=1, 1 when CPU<1."
        var cpu = containers.Sum(static c => Quantity.MilliCpu(c.Child("resources").Child("limits").Text("cpu")) ?? 0);
        template["maxInstanceRequestConcurrency"] ??= cpu >= 1000 ? 80 : 1;
    }

    /// <summary>Completes a WorkerPool: no requests, so no ports, probes, timeout or concurrency.</summary>
    public static void FillWorkerPool(JsonObject pool, string projectNumber)
    {
        pool["launchStage"] ??= "GA";
        pool["instanceSplits"] ??= new JsonArray(new JsonObject { ["type"] = ParentKind.WorkerPool.Latest, ["percent"] = 100 });
        var template = Ensure(pool, "template");
        template["serviceAccount"] ??= ServiceAccount(projectNumber);
        FillAlwaysOn(template);
    }

    /// <summary>Completes a Job: its task template lies two levels down.</summary>
    public static void FillJob(JsonObject job, string projectNumber)
    {
        job["launchStage"] ??= "GA";
        var execution = Ensure(job, "template");
        execution["taskCount"] ??= 1;
        var task = Ensure(execution, "template");

        // "maxRetries" is part of a oneof: 0 is sent, and differs from absent, which means 3.
        task["maxRetries"] ??= 3;
        task["timeout"] ??= "600s";
        task["serviceAccount"] ??= ServiceAccount(projectNumber);
        task["executionEnvironment"] ??= "EXECUTION_ENVIRONMENT_GEN2";
        FillAlwaysOn(task);
    }

    // CPU is always allocated in jobs and worker pools; whether cpuIdle is kept there is UNCONFIRMED, and no one should read it.
    private static void FillAlwaysOn(JsonObject template)
    {
        foreach (var container in template.Children("containers"))
        {
            FillContainer(container);
            container.Child("resources").Remove("cpuIdle");
        }
    }

    private static string ServiceAccount(string projectNumber) => $"{projectNumber}-compute@developer.gserviceaccount.com";

    private static void FillContainer(JsonObject container)
    {
        // cpuIdle: without a resources object it is true (request-based billing). With one, an absent cpuIdle means false,
        // instance-based billing: "If ResourceRequirements is set, the caller must explicitly set this field to true".
        // So a client that only sets memory changes how the service is billed.
        var resources = container["resources"] as JsonObject;
        if (resources is null)
        {
            container["resources"] = resources = new JsonObject { ["cpuIdle"] = true };
        }

        var limits = Ensure(resources, "limits");
        limits["cpu"] ??= "1000m";
        limits["memory"] ??= "512Mi";
        foreach (var probe in Probes.Select(key => container[key]).OfType<JsonObject>())
        {
            probe["timeoutSeconds"] ??= 1;
            probe["periodSeconds"] ??= 10;
            probe["failureThreshold"] ??= 3;
        }
    }

    private static void FillIngress(JsonObject container)
    {
        var port = container.Children("ports").First();
        port["name"] ??= "http1";
        port["containerPort"] ??= 8080;

        // An unset startup probe is returned as the one that Cloud Run uses: a TCP connection within 240 s.
        container["startupProbe"] ??= new JsonObject
        {
            ["timeoutSeconds"] = 240,
            ["periodSeconds"] = 240,
            ["failureThreshold"] = 1,
            ["tcpSocket"] = new JsonObject { ["port"] = port.Number("containerPort") },
        };
        foreach (var probe in Probes.Select(key => container[key]).OfType<JsonObject>())
        {
            foreach (var action in ProbeActions.Select(key => probe[key]).OfType<JsonObject>())
            {
                action["port"] ??= port.Number("containerPort");
            }
        }
    }

    private static JsonObject Ensure(JsonObject parent, string key)
    {
        if (parent[key] is not JsonObject child)
        {
            parent[key] = child = [];
        }

        return child;
    }
}
