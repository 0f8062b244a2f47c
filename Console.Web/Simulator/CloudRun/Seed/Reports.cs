namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Builds reports; starts slowly and has no startup boost. Changing it takes a second person.</summary>
internal static class Reports
{
    public static SeededResource Seed => new SeededResource("asia-northeast1", "reports", TimeSpan.FromDays(250), People.Tomas, """
        {
          "description": "Builds reports on demand",
          "labels": { "team": "finance", "env": "prod", "opsconsole-approval": "required" },
          "template": {
            "scaling": { "maxInstanceCount": 5 },
            "serviceAccount": "reports@acme-prod.iam.gserviceaccount.com",
            "timeout": "900s",
            "maxInstanceRequestConcurrency": 8,
            "containers": [ {
              "image": "europe-docker.pkg.dev/acme-prod/run/reports:2.2.0",
              "env": [ { "name": "JAVA_TOOL_OPTIONS", "value": "-XX:MaxRAMPercentage=70" } ],
              "resources": { "limits": { "cpu": "1", "memory": "2Gi" }, "cpuIdle": true }
            } ]
          }
        }
        """)
        .Then(TimeSpan.FromDays(80), People.DeployBot, static s => s.Image("reports:2.3.0").Timeout("1800s"))
        .Then(TimeSpan.FromDays(14), People.DeployBot, static s => s.Image("reports:2.4.1"));
}
