namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Makes small images; 512 MiB, of which it sometimes needs more.</summary>
internal static class Thumbnails
{
    public static SeededResource Seed => new SeededResource("asia-northeast1", "thumbnails", TimeSpan.FromDays(98), People.Aiko, """
        {
          "labels": { "team": "media", "env": "prod" },
          "template": {
            "scaling": { "maxInstanceCount": 25 },
            "serviceAccount": "media@acme-prod.iam.gserviceaccount.com",
            "maxInstanceRequestConcurrency": 10,
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/thumbnails:0.7.0",
              "resources": { "limits": { "cpu": "1", "memory": "1Gi" }, "cpuIdle": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(26), People.Aiko, static s => s.Limits("1", "512Mi"))
        .Then(TimeSpan.FromDays(11), People.DeployBot, static s => s.Image("thumbnails:0.8.0").Env("QUALITY", "82"));
}
