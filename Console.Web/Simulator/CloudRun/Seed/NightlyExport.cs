namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>A job: exports orders every night.</summary>
internal static class NightlyExport
{
    public static SeededResource Seed => new SeededResource("europe-west1", "nightly-export", TimeSpan.FromDays(220), People.Tomas, """
        {
          "labels": { "team": "finance", "env": "prod" },
          "template": {
            "taskCount": 4,
            "parallelism": 2,
            "template": {
              "maxRetries": 1,
              "timeout": "1800s",
              "serviceAccount": "exports@acme-prod.iam.gserviceaccount.com",
              "containers": [ {
                "image": "europe-docker.pkg.dev/acme-prod/run/export:1.2.0",
                "args": [ "--target", "gs://acme-prod-exports" ],
                "resources": { "limits": { "cpu": "2", "memory": "4Gi" } }
              } ]
            }
          }
        }
        """)
        .Then(TimeSpan.FromDays(35), People.DeployBot, static j => j["template"]!["template"]!["containers"]![0]!["image"] = "europe-docker.pkg.dev/acme-prod/run/export:1.3.0");
}
