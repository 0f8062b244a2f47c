namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>The shop; one instance always on, a sidecar, and a last deploy that failed.</summary>
internal static class Storefront
{
    public static SeededResource Seed => new SeededResource("asia-northeast1", "storefront", TimeSpan.FromDays(310), People.Maria, """
        {
          "description": "The shop's pages",
          "labels": { "team": "shop", "env": "prod" },
          "scaling": { "minInstanceCount": 1 },
          "template": {
            "scaling": { "maxInstanceCount": 40 },
            "serviceAccount": "storefront@acme-prod.iam.gserviceaccount.com",
            "timeout": "3600s",
            "executionEnvironment": "EXECUTION_ENVIRONMENT_GEN2",
            "maxInstanceRequestConcurrency": 250,
            "containers": [
              {
                "name": "web",
                "image": "europe-docker.pkg.dev/acme-prod/run/storefront:9.0.0",
                "ports": [ { "name": "http1", "containerPort": 8080 } ],
                "env": [ { "name": "THEME", "value": "summer" } ],
                "resources": { "limits": { "cpu": "2", "memory": "2Gi" }, "cpuIdle": true, "startupCpuBoost": true },
                "startupProbe": { "httpGet": { "path": "/up" }, "periodSeconds": 5, "failureThreshold": 12 },
                "dependsOn": [ "otel" ]
              },
              {
                "name": "otel",
                "image": "europe-docker.pkg.dev/acme-prod/run/otel-collector:0.121.0",
                "resources": { "limits": { "cpu": "1", "memory": "512Mi" }, "cpuIdle": true },
                "startupProbe": { "httpGet": { "path": "/", "port": 13133 } }
              }
            ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(70), People.DeployBot, static s => s.Image("storefront:9.1.0"))
        .Then(TimeSpan.FromDays(24), People.DeployBot, static s => s.Image("storefront:9.2.0").Env("THEME", "autumn"))
        .Then(TimeSpan.FromDays(10), People.DeployBot, static s => s.Image("storefront:9.2.3"))
        .Then(TimeSpan.FromHours(5), People.DeployBot, static s => s.Image("storefront:9.3.0").Env("THEME", "winter"), fails: true);
}
