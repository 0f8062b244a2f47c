namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Sign-in and profiles; request-based billing; holds CPU with a one-second sleep after each response.</summary>
internal static class Accounts
{
    public static SeededResource Seed => new SeededResource("europe-west1", "accounts", TimeSpan.FromDays(340), People.Tomas, """
        {
          "description": "Sign-in and profiles",
          "labels": { "team": "identity", "env": "prod" },
          "template": {
            "scaling": { "maxInstanceCount": 30 },
            "serviceAccount": "accounts@acme-prod.iam.gserviceaccount.com",
            "timeout": "30s",
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/accounts:5.0.2",
              "env": [
                { "name": "SESSION_HOURS", "value": "8" },
                { "name": "TOKEN_KEY", "valueSource": { "secretKeyRef": { "secret": "accounts-token-key", "version": "latest" } } }
              ],
              "resources": { "limits": { "cpu": "1", "memory": "1Gi" }, "cpuIdle": true, "startupCpuBoost": true },
              "readinessProbe": { "httpGet": { "path": "/ready" }, "periodSeconds": 5 }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(40), People.DeployBot, static s => s.Image("accounts:5.1.0"))
        .Then(TimeSpan.FromDays(12), People.DeployBot, static s => s.Image("accounts:5.1.4").Env("FLUSH_DELAY_MS", "1000"))
        .Then(TimeSpan.FromDays(3), People.Tomas, static s => s.Env("SESSION_HOURS", "12"));
}
