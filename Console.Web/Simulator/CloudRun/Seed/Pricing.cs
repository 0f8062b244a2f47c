namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Prices; its traffic is pinned to an old revision, so that newer deploys serve nothing.</summary>
internal static class Pricing
{
    public static SeededResource Seed => new SeededResource("europe-west1", "pricing", TimeSpan.FromDays(180), People.Maria, """
        {
          "labels": { "team": "catalog", "env": "prod" },
          "template": {
            "revision": "pricing-stable",
            "scaling": { "maxInstanceCount": 15 },
            "serviceAccount": "pricing@acme-prod.iam.gserviceaccount.com",
            "timeout": "15s",
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/pricing:4.0.0",
              "resources": { "limits": { "cpu": "1", "memory": "512Mi" }, "cpuIdle": true, "startupCpuBoost": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(47), People.Maria, static s =>
        {
            // A rollback by hand, never undone.
            s["traffic"] = Traffic.To("pricing-stable", 100);
            s["template"]!["containers"]![0]!["image"] = "europe-docker.pkg.dev/acme-prod/run/pricing:4.1.0";
        })
        .Then(TimeSpan.FromDays(20), People.DeployBot, static s => s.Image("pricing:4.2.0"))
        .Then(TimeSpan.FromDays(2), People.DeployBot, static s => s.Image("pricing:4.2.1").Env("ROUNDING", "half-even"));
}
