namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>A job: sends the invoices; one of its executions failed.</summary>
internal static class InvoiceRun
{
    public static SeededResource Seed => new SeededResource("us-central1", "invoice-run", TimeSpan.FromDays(150), People.Tomas, """
        {
          "labels": { "team": "finance", "env": "prod" },
          "template": {
            "template": {
              "maxRetries": 0,
              "timeout": "600s",
              "serviceAccount": "billing@acme-prod.iam.gserviceaccount.com",
              "containers": [ {
                "image": "europe-docker.pkg.dev/acme-prod/run/invoice-run:0.6.2",
                "env": [ { "name": "SMTP_PASSWORD", "valueSource": { "secretKeyRef": { "secret": "smtp-password", "version": "2" } } } ],
                "resources": { "limits": { "cpu": "1", "memory": "1Gi" } }
              } ]
            }
          }
        }
        """);
}
