namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Takes webhooks; 90 % of the traffic on one revision, 10 % on the next, which has the tag "canary".</summary>
internal static class Webhooks
{
    public static SeededResource Seed => new SeededResource("europe-west1", "webhooks", TimeSpan.FromDays(75), People.Aiko, """
        {
          "labels": { "team": "platform", "env": "prod" },
          "template": {
            "scaling": { "maxInstanceCount": 20 },
            "serviceAccount": "webhooks@acme-prod.iam.gserviceaccount.com",
            "timeout": "30s",
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/webhooks:1.8.0",
              "resources": { "limits": { "cpu": "1", "memory": "512Mi" }, "cpuIdle": true, "startupCpuBoost": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(30), People.DeployBot, static s =>
        {
            s.Image("webhooks:1.9.0");
            s["template"]!["revision"] = "webhooks-v1-9-0";
        })
        .Then(TimeSpan.FromDays(4), People.DeployBot, static s =>
        {
            s.Image("webhooks:2.0.0-rc1").Env("FAN_OUT", "parallel");
            s["template"]!["revision"] = "webhooks-v2-0-0-rc1";
            s["traffic"] = Traffic.To("webhooks-v1-9-0", 90).And("webhooks-v2-0-0-rc1", 10, "canary");
        });
}
