namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>A worker pool: pulls from a queue with two instances.</summary>
internal static class QueueWorker
{
    public static SeededResource Seed => new SeededResource("europe-west1", "queue-worker", TimeSpan.FromDays(110), People.Aiko, """
        {
          "labels": { "team": "platform", "env": "prod" },
          "scaling": { "manualInstanceCount": 1 },
          "template": {
            "serviceAccount": "queue-worker@acme-prod.iam.gserviceaccount.com",
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/queue-worker:2.0.0",
              "env": [ { "name": "SUBSCRIPTION", "value": "projects/acme-prod/subscriptions/work" } ],
              "resources": { "limits": { "cpu": "1", "memory": "1Gi" } }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(37), People.DeployBot, static p => p.Image("queue-worker:2.1.0"))
        .Then(TimeSpan.FromDays(13), People.Aiko, static p => p["scaling"]!["manualInstanceCount"] = 2)
        .Then(TimeSpan.FromDays(1.2), People.DeployBot, static p => p.Image("queue-worker:2.1.1").Env("PREFETCH", "20"));
}
