namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Product data; request-based billing and clean: it logs inside its requests only.</summary>
internal static class Catalog
{
    public static SeededResource Seed => new SeededResource("europe-west1", "catalog", TimeSpan.FromDays(400), People.Maria, """
        {
          "description": "Product data for shop and partners",
          "labels": { "team": "catalog", "env": "prod" },
          "customAudiences": [ "https://catalog.acme.example" ],
          "template": {
            "scaling": { "maxInstanceCount": 50 },
            "serviceAccount": "catalog@acme-prod.iam.gserviceaccount.com",
            "timeout": "30s",
            "executionEnvironment": "EXECUTION_ENVIRONMENT_GEN2",
            "sessionAffinity": true,
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/catalog:7.3.0",
              "ports": [ { "name": "h2c", "containerPort": 8080 } ],
              "resources": { "limits": { "cpu": "2", "memory": "1Gi" }, "cpuIdle": true, "startupCpuBoost": true },
              "startupProbe": { "grpc": { "service": "catalog.v1.Health" }, "periodSeconds": 3, "failureThreshold": 20 },
              "volumeMounts": [ { "name": "images", "mountPath": "/mnt/images" } ]
            } ],
            "volumes": [ { "name": "images", "gcs": { "bucket": "acme-prod-images", "readOnly": true } } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(55), People.DeployBot, static s => s.Image("catalog:7.4.0"))
        .Then(TimeSpan.FromDays(9), People.DeployBot, static s =>
        {
            // A deploy that names its revision: reading the service gives template.revision back.
            s.Image("catalog:7.5.0");
            s["template"]!["revision"] = "catalog-v7-5-0";
        });
}
