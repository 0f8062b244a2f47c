namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Product search; at most three instances with four requests each, so that it answers 429 under load.</summary>
internal static class Search
{
    public static SeededResource Seed => new SeededResource("us-central1", "search", TimeSpan.FromDays(130), People.Aiko, """
        {
          "labels": { "team": "catalog", "env": "prod" },
          "template": {
            "scaling": { "maxInstanceCount": 10 },
            "serviceAccount": "search@acme-prod.iam.gserviceaccount.com",
            "timeout": "20s",
            "maxInstanceRequestConcurrency": 16,
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/search:1.4.0",
              "env": [ { "name": "INDEX", "value": "products-2026-09" } ],
              "resources": { "limits": { "cpu": "2", "memory": "2Gi" }, "cpuIdle": true, "startupCpuBoost": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(44), People.DeployBot, static s => s.Image("search:1.5.0").Concurrency(8))
        .Then(TimeSpan.FromDays(16), People.Terraform, static s => s.MaxInstances(3).Concurrency(4))
        .Then(TimeSpan.FromDays(7), People.DeployBot, static s => s.Image("search:1.5.2").Env("INDEX", "products-2026-11"));
}
