namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>The partners' entrance; scaled by hand to two instances.</summary>
internal static class PartnerGateway
{
    public static SeededResource Seed => new SeededResource("us-central1", "partner-gateway", TimeSpan.FromDays(365), People.Tomas, """
        {
          "description": "API for partners",
          "labels": { "team": "platform", "env": "prod" },
          "scaling": { "scalingMode": "MANUAL", "manualInstanceCount": 3 },
          "invokerIamDisabled": true,
          "template": {
            "serviceAccount": "partners@acme-prod.iam.gserviceaccount.com",
            "timeout": "60s",
            "maxInstanceRequestConcurrency": 100,
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/partner-gateway:1.0.4",
              "env": [ { "name": "UPSTREAM", "value": "https://catalog.acme.example" } ],
              "resources": { "limits": { "cpu": "1", "memory": "1Gi" }, "cpuIdle": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(90), People.DeployBot, static s => s.Image("partner-gateway:1.1.0"))
        .Then(TimeSpan.FromDays(29), People.DeployBot, static s => s.Image("partner-gateway:1.1.3"))
        .Then(TimeSpan.FromDays(8), People.Tomas, static s => s["scaling"]!["manualInstanceCount"] = 2);
}
