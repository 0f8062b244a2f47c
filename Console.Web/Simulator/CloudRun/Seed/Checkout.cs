namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Takes orders; request-based billing; writes its audit record after the response, and so loses some.</summary>
internal static class Checkout
{
    public static SeededResource Seed => new SeededResource("europe-west1", "checkout", TimeSpan.FromDays(212), People.Maria, """
        {
          "description": "Takes orders and payments",
          "labels": { "team": "payments", "env": "prod", "cost-center": "cc-1410" },
          "ingress": "INGRESS_TRAFFIC_ALL",
          "template": {
            "labels": { "team": "payments" },
            "scaling": { "maxInstanceCount": 10 },
            "serviceAccount": "checkout@acme-prod.iam.gserviceaccount.com",
            "timeout": "60s",
            "maxInstanceRequestConcurrency": 80,
            "vpcAccess": { "egress": "PRIVATE_RANGES_ONLY", "networkInterfaces": [ { "network": "prod", "subnetwork": "run-ew1" } ] },
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/checkout:2.11.0",
              "ports": [ { "name": "http1", "containerPort": 8080 } ],
              "env": [
                { "name": "LOG_LEVEL", "value": "info" },
                { "name": "AUDIT_MODE", "value": "background" },
                { "name": "DATABASE_URL", "valueSource": { "secretKeyRef": { "secret": "checkout-db-url", "version": "latest" } } },
                { "name": "PAYMENT_API_KEY", "valueSource": { "secretKeyRef": { "secret": "payment-api-key", "version": "4" } } }
              ],
              "resources": { "limits": { "cpu": "1", "memory": "512Mi" }, "cpuIdle": true },
              "startupProbe": { "httpGet": { "path": "/healthz" }, "periodSeconds": 2, "failureThreshold": 30 },
              "livenessProbe": { "httpGet": { "path": "/livez" }, "periodSeconds": 30 }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(63), People.DeployBot, static s => s.Image("checkout:2.12.3").Label("commit-sha", "8f2c1d9"))
        .Then(TimeSpan.FromDays(21), People.Terraform, static s => s.MaxInstances(20))
        .Then(TimeSpan.FromDays(6), People.DeployBot, static s => s.Image("checkout:2.13.0").Env("LOG_LEVEL", "warning").Label("commit-sha", "c41a77e"))
        .Then(TimeSpan.FromHours(31), People.DeployBot, static s => s.Image("checkout:2.13.1").Label("commit-sha", "1d90be3").Boost(on: true));
}
