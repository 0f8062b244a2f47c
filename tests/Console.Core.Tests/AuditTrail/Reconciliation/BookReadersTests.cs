using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Tests.AuditTrail.Reconciliation;

public sealed class BookReadersTests
{
    // The shapes of real entries (names changed): Cloud Functions on v1 without request and response; a v1 replace with its response; a v2 pair.
    private const string Functions = """
        {"protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","authenticationInfo":{"principalEmail":"service-1@gcf-admin-robot.iam.gserviceaccount.com"},"serviceName":"run.googleapis.com","methodName":"google.cloud.serverless.internal.InternalServices.ReplaceInternalService","resourceName":"namespaces/acme/services/login","resourceLocation":{"currentLocations":["us-central1"]}},"insertId":"-6d3rvzdv4fy","resource":{"type":"cloud_run_revision","labels":{"revision_name":"","service_name":"login","project_id":"acme","configuration_name":"","location":"us-central1"}},"timestamp":"2025-10-15T02:20:35.444251Z","severity":"NOTICE","logName":"projects/acme/logs/cloudaudit.googleapis.com%2Factivity"}
        """;

    private const string Replace = """
        {"protoPayload":{"status":{"code":10,"message":"Conflict for resource 'login': version '1' was specified but current version is '2'."},"authenticationInfo":{"principalEmail":"dev@acme.example"},"requestMetadata":{"callerSuppliedUserAgent":"google-cloud-sdk gcloud/500"},"methodName":"google.cloud.run.v1.Services.ReplaceService","resourceName":"namespaces/acme/services/login","response":{"metadata":{"generation":12},"status":{"latestCreatedRevisionName":"login-00012-abc"}}},"insertId":"a","resource":{"type":"cloud_run_revision","labels":{"location":"us-central1"}},"timestamp":"2025-10-15T03:00:00Z","logName":"projects/acme/logs/cloudaudit.googleapis.com%2Factivity"}
        """;

    private const string First = """
        {"protoPayload":{"status":{},"authenticationInfo":{"principalEmail":"dev@acme.example"},"methodName":"google.cloud.run.v2.Services.UpdateService","resourceName":"projects/acme/locations/europe-west1/services/login","request":{"name":"x"}},"insertId":"b","operation":{"id":"projects/acme/locations/europe-west1/operations/7","first":true},"timestamp":"2025-10-15T04:00:00Z","logName":"projects/acme/logs/cloudaudit.googleapis.com%2Factivity"}
        """;

    private const string Last = """
        {"protoPayload":{"authenticationInfo":{"principalEmail":"dev@acme.example"},"methodName":"google.cloud.run.v2.Services.UpdateService","resourceName":"projects/acme/locations/europe-west1/services/login","response":{"generation":"13","latestCreatedRevision":"projects/acme/locations/europe-west1/services/login/revisions/login-00013-xyz"}},"insertId":"c","operation":{"id":"projects/acme/locations/europe-west1/operations/7","last":true},"timestamp":"2025-10-15T04:00:09Z","logName":"projects/acme/logs/cloudaudit.googleapis.com%2Factivity"}
        """;

    private const string Ready = """
        {"protoPayload":{"status":{"message":"Ready condition status changed to True for Revision login-00013-xyz with message: Deploying revision succeeded in 8.87s."},"methodName":"/Services.ReplaceService","resourceName":"namespaces/acme/revisions/login-00013-xyz"},"insertId":"d","resource":{"type":"cloud_run_revision","labels":{"revision_name":"login-00013-xyz","location":"europe-west1"}},"timestamp":"2025-10-15T04:00:09Z","logName":"projects/acme/logs/cloudaudit.googleapis.com%2Fsystem_event"}
        """;

    private const string Run = """
        {"protoPayload":{"authenticationInfo":{"principalEmail":"scheduler@acme.example"},"methodName":"google.cloud.run.v2.Jobs.RunJob","resourceName":"projects/acme/locations/europe-west1/jobs/nightly"},"insertId":"e","timestamp":"2025-10-15T05:00:00Z","logName":"projects/acme/logs/cloudaudit.googleapis.com%2Factivity"}
        """;

    [Fact]
    public void GoogleBook_RealShapes_AreReadInBothSpellings()
    {
        var book = GoogleActReader.Read("acme", new[] { Last, Functions, Run, Ready, Replace, First, First }.Select(Entry));

        Assert.Collection(
            book.Acts,
            static act => Assert.Equal((new BookKey("services", "acme", "us-central1", "login"), "ReplaceInternalService", "service-1@gcf-admin-robot.iam.gserviceaccount.com", 0L), (act.Key, act.Method, act.Principal, act.Generation)),
            static act =>
            {
                Assert.Equal((12L, "login-00012-abc", "google-cloud-sdk gcloud/500"), (act.Generation, act.Revision, act.UserAgent));
                Assert.StartsWith("Conflict for resource", act.Failure, StringComparison.Ordinal);
            },
            static act =>
            {
                Assert.Equal((new BookKey("services", "acme", "europe-west1", "login"), 13L, "login-00013-xyz", null), (act.Key, act.Generation, act.Revision, act.Failure));
                Assert.Equal(9, (act.Ended!.Value - act.At).TotalSeconds);
                Assert.Equal(["b", "c"], act.InsertIds);
            });
        Assert.EndsWith("succeeded in 8.87s.", book.Readiness["login-00013-xyz"], StringComparison.Ordinal);
    }

    [Fact]
    public void LedgerBook_IntentAndOutcome_AreOneChange()
    {
        var intent = Testing.AuditTrail.AnEvent.Of("i1", AuditActions.ChangeIntent, "sam@acme.example", AuditOutcome.Unknown, reason: "INC-7", details: new { title = "Keep CPU allocated" }) with { Resource = Service };
        var outcome = Testing.AuditTrail.AnEvent.Of(
            "i1.outcome", AuditActions.ChangeOutcome, "opsconsole", details: new { intent = "i1", operation = "projects/acme/locations/l/operations/7", revision = "login-00013-xyz" }) with
        { Resource = Service };
        var other = Testing.AuditTrail.AnEvent.Of("i2", AuditActions.ChangeIntent, "sam@acme.example", AuditOutcome.Unknown) with { Resource = Service, Time = intent.Time.AddHours(1) };

        var acts = LedgerActReader.Read(new[] { outcome, other, intent, Testing.AuditTrail.AnEvent.Of("x") }.Select(Record));

        Assert.Collection(
            acts,
            static act =>
            {
                Assert.Equal(("sam@acme.example", "INC-7", "Keep CPU allocated", AuditOutcome.Success), (act.Actor, act.Reason, act.Title, act.Outcome));
                Assert.Equal(("projects/acme/locations/l/operations/7", "login-00013-xyz", "i1.outcome"), (act.Operation, act.Revision, act.OutcomeId));
                Assert.Equal(new BookKey("services", "acme", "europe-west1", "login"), act.Key);
            },
            static act => Assert.Equal(("i2", AuditOutcome.Unknown, ""), (act.IntentId, act.Outcome, act.OutcomeId)));
    }

    private static AuditResource Service => new() { Type = "run.service", Id = "projects/acme/locations/europe-west1/services/login", Name = "login" };

    private static LogEntry Entry(string json)
    {
        Assert.True(LogEntryReader.TryRead(Encoding.UTF8.GetBytes(json), out var entry));
        return entry;
    }

    private static AuditRecord Record(AuditEvent e) => new(e, new AuditPosition { Sequence = 1, RecordedAt = e.Time, Via = AuditVia.Console, AppendedBy = "opsconsole" }, null, []);
}
