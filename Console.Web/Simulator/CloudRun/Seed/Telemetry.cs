namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Collects events; request-based billing; a flusher every 30 s that only runs when an instance happens to have CPU.</summary>
internal static class Telemetry
{
    public static SeededResource Seed => new SeededResource("us-central1", "telemetry", TimeSpan.FromDays(160), People.Aiko, """
        {
          "labels": { "team": "platform", "env": "prod" },
          "ingress": "INGRESS_TRAFFIC_INTERNAL_ONLY",
          "template": {
            "scaling": { "maxInstanceCount": 40 },
            "serviceAccount": "telemetry@acme-prod.iam.gserviceaccount.com",
            "maxInstanceRequestConcurrency": 200,
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/telemetry:0.9.1",
              "env": [ { "name": "FLUSH_SECONDS", "value": "30" }, { "name": "BATCH", "value": "500" } ],
              "resources": { "limits": { "cpu": "1", "memory": "512Mi" }, "cpuIdle": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(75), People.DeployBot, static s => s.Image("telemetry:0.10.0"))
        .Then(TimeSpan.FromDays(18), People.DeployBot, static s => s.Image("telemetry:0.10.2").Env("BATCH", "1000"));
}
