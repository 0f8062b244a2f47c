namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Invoices; instance-based billing (CPU always allocated): its work after the response completes.</summary>
internal static class Billing
{
    public static SeededResource Seed => new SeededResource("us-central1", "billing", TimeSpan.FromDays(290), People.Tomas, """
        {
          "labels": { "team": "finance", "env": "prod", "data": "confidential" },
          "ingress": "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
          "template": {
            "scaling": { "maxInstanceCount": 12 },
            "serviceAccount": "billing@acme-prod.iam.gserviceaccount.com",
            "timeout": "120s",
            "maxInstanceRequestConcurrency": 40,
            "vpcAccess": { "connector": "projects/acme-prod/locations/us-central1/connectors/finance", "egress": "ALL_TRAFFIC" },
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/billing:3.0.0",
              "env": [ { "name": "LEDGER_URL", "valueSource": { "secretKeyRef": { "secret": "ledger-url", "version": "latest" } } } ],
              "resources": { "limits": { "cpu": "1", "memory": "512Mi" }, "cpuIdle": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(120), People.DeployBot, static s => s.Image("billing:3.1.0").Limits("2", "1Gi"))
        .Then(TimeSpan.FromDays(33), People.Tomas, static s => s.CpuIdle(on: false))
        .Then(TimeSpan.FromDays(5), People.DeployBot, static s => s.Image("billing:3.2.1").Boost(on: true));
}
