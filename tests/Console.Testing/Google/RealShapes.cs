namespace OpsConsole.Testing.Google;

/// <summary>
/// Answers in the exact shape of the real APIs, with invented names: defaults omitted, int64 as strings, full and short
/// revision names mixed as Google mixes them.
/// </summary>
public static class RealShapes
{
    /// <summary>
    /// A request-based service with a LATEST target: no <c>scaling</c>, no <c>reconciling</c>, an etag with quotes in it, a
    /// status of LATEST without a revision, <c>template.revision</c> filled because the last deployment named it.
    /// </summary>
    public const string RequestBasedService = """
        {
          "name": "projects/acme/locations/europe-west1/services/checkout",
          "uid": "3f8a4e1c-0000-4000-8000-2f6f6a1d0001",
          "generation": "2",
          "labels": {"goog-managed-by": "cloud-run", "team": "shop"},
          "createTime": "2026-06-13T21:20:11.101Z",
          "updateTime": "2026-06-13T21:23:05.883496Z",
          "creator": "ada@example.com",
          "lastModifier": "grace@example.com",
          "client": "gcloud",
          "ingress": "INGRESS_TRAFFIC_ALL",
          "launchStage": "GA",
          "template": {
            "revision": "checkout-00002-ruh",
            "scaling": {"maxInstanceCount": 100},
            "timeout": "60s",
            "serviceAccount": "checkout@acme.iam.gserviceaccount.com",
            "containers": [
              {
                "name": "worker",
                "image": "europe-docker.pkg.dev/acme/shop/checkout@sha256:0d1f",
                "env": [
                  {"name": "LOG_LEVEL", "value": "info"},
                  {"name": "DB_PASSWORD", "valueSource": {"secretKeyRef": {"secret": "db-password", "version": "latest"}}}
                ],
                "resources": {"limits": {"cpu": "1", "memory": "512Mi"}, "cpuIdle": true, "startupCpuBoost": true},
                "ports": [{"name": "http1", "containerPort": 8080}],
                "startupProbe": {"timeoutSeconds": 240, "periodSeconds": 240, "failureThreshold": 1, "tcpSocket": {"port": 8080}}
              }
            ],
            "maxInstanceRequestConcurrency": 80
          },
          "traffic": [{"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "percent": 100}],
          "observedGeneration": "2",
          "terminalCondition": {"type": "Ready", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-06-13T21:23:12.182711Z"},
          "conditions": [
            {"type": "RoutesReady", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-06-13T21:23:12.145Z"},
            {"type": "ConfigurationsReady", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-06-13T21:23:11Z"}
          ],
          "latestReadyRevision": "projects/acme/locations/europe-west1/services/checkout/revisions/checkout-00002-ruh",
          "latestCreatedRevision": "projects/acme/locations/europe-west1/services/checkout/revisions/checkout-00002-ruh",
          "trafficStatuses": [{"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", "percent": 100}],
          "uri": "https://checkout-x7kq2-ew.a.run.app",
          "urls": ["https://checkout-123456789012.europe-west1.run.app"],
          "etag": "\"CLmtssIGEMCopKUD/cHJvamVjdHMvYWNtZQ\""
        }
        """;

    /// <summary>An instance-based service pinned to an old revision: <c>cpuIdle</c> is absent, and the sidecar comes first.</summary>
    public const string PinnedInstanceBasedService = """
        {
          "name": "projects/acme/locations/us-central1/services/ledger",
          "generation": "7",
          "template": {
            "scaling": {"minInstanceCount": 1, "maxInstanceCount": 20},
            "timeout": "300s",
            "containers": [
              {"name": "proxy", "image": "proxy:1", "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}, "cpuIdle": true}},
              {"name": "app", "image": "ledger:7", "resources": {"limits": {"cpu": "1000m", "memory": "1Gi"}, "startupCpuBoost": true}, "ports": [{"containerPort": 8080}]}
            ],
            "executionEnvironment": "EXECUTION_ENVIRONMENT_GEN2"
          },
          "traffic": [
            {"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision": "ledger-00005-abc", "percent": 90},
            {"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision": "ledger-00006-def", "percent": 10, "tag": "canary"}
          ],
          "scaling": {"minInstanceCount": 3, "maxInstanceCount": 10},
          "terminalCondition": {"type": "Ready", "state": "CONDITION_FAILED", "revisionReason": "HEALTH_CHECK_CONTAINER_ERROR", "severity": "ERROR", "message": "Revision 'ledger-00007-ghi' is not ready."},
          "latestReadyRevision": "projects/acme/locations/us-central1/services/ledger/revisions/ledger-00006-def",
          "latestCreatedRevision": "projects/acme/locations/us-central1/services/ledger/revisions/ledger-00007-ghi",
          "trafficStatuses": [
            {"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision": "ledger-00005-abc", "percent": 90},
            {"type": "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision": "ledger-00006-def", "percent": 10, "tag": "canary", "uri": "https://canary---ledger-x7kq2-uc.a.run.app"}
          ],
          "etag": "\"CLmtssIGEMCopKUE\""
        }
        """;

    /// <summary>Manual scaling with 0 instances: switched off, and still Ready. <c>manualInstanceCount</c> is sent although it is 0.</summary>
    public const string SwitchedOffService = """
        {
          "name": "projects/acme/locations/us-central1/services/report",
          "template": {"containers": [{"image": "report:1", "resources": {"limits": {"cpu": "1", "memory": "512Mi"}, "cpuIdle": true}}]},
          "scaling": {"scalingMode": "MANUAL", "manualInstanceCount": 0},
          "terminalCondition": {"type": "Ready", "state": "CONDITION_SUCCEEDED"}
        }
        """;

    /// <summary>A revision: settings at the top level, conditions, and no share of the traffic.</summary>
    public const string Revision = """
        {
          "name": "projects/acme/locations/europe-west1/services/checkout/revisions/checkout-00002-ruh",
          "uid": "aa0b", "generation": "1", "createTime": "2026-06-13T21:23:05.883496123Z", "updateTime": "2026-06-13T21:23:12Z",
          "service": "checkout", "creator": "grace@example.com",
          "scaling": {"maxInstanceCount": 100}, "timeout": "60s",
          "containers": [{"image": "checkout:2", "resources": {"limits": {"memory": "512Mi", "cpu": "1"}, "cpuIdle": true}, "ports": [{"name": "http1", "containerPort": 8080}]}],
          "maxInstanceRequestConcurrency": 80,
          "conditions": [
            {"type": "Ready", "state": "CONDITION_SUCCEEDED", "lastTransitionTime": "2026-06-13T21:23:11.5Z"},
            {"type": "Active", "state": "CONDITION_SUCCEEDED", "severity": "INFO", "revisionReason": "RESERVE"}
          ],
          "scalingStatus": {"desiredMinInstanceCount": 1},
          "logUri": "https://console.cloud.google.com/logs", "etag": "\"CLm\""
        }
        """;

    /// <summary>The entry of a request: int64 sizes as strings, latency with nine decimals.</summary>
    public const string RequestEntry = """
        {"insertId":"6951d2870005ef93ee656b6e","httpRequest":{"requestMethod":"POST","requestUrl":"https://booker-123456789012.northamerica-northeast1.run.app/book","requestSize":"754","status":502,"responseSize":"314","userAgent":"Google-Cloud-Scheduler","remoteIp":"203.0.113.7","serverIp":"198.51.100.2","latency":"60.369159188s","protocol":"HTTP/1.1"},"resource":{"type":"cloud_run_revision","labels":{"project_id":"acme","service_name":"booker","configuration_name":"booker","revision_name":"booker-00067-c4g","location":"northamerica-northeast1"}},"timestamp":"2025-12-29T00:58:51.018142Z","severity":"ERROR","labels":{"instanceId":"0007e26d68","managed-by":"gcp-cloud-build-deploy-cloud-run"},"logName":"projects/acme/logs/run.googleapis.com%2Frequests","trace":"projects/acme/traces/7e51cf68801c905c1c01475feb7b060f","spanId":"08eee4fdfb6436f7","traceSampled":true,"receiveTimestamp":"2025-12-29T00:59:51.392307785Z"}
        """;
}
