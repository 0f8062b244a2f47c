using System.Globalization;
using System.Security.Claims;
using System.Text;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification.Comparing;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.AuditTrail.Verifying;

/// <summary>Files of verification: the latest checkpoint, and the proof of consistency between two. They disclose no event, and are recorded all the same.</summary>
internal static class VerifyEndpoints
{
    public static void MapVerifying(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.AuditCheckpoint, CheckpointAsync).WithMetadata(new RequiresAttribute(Permission.VerifyAudit));
        app.MapGet(Urls.AuditConsistency, ConsistencyAsync).WithMetadata(new RequiresAttribute(Permission.VerifyAudit));
    }

    private static async Task<IResult> CheckpointAsync(ClaimsPrincipal user, ISealedLog log, IAuditTrail trail, ActEvents acts, CancellationToken cancellationToken)
    {
        try
        {
            if (await log.LatestAsync(cancellationToken) is not { } latest)
            {
                return Results.Text("Nothing is signed yet.\n", "text/plain", Encoding.UTF8, StatusCodes.Status404NotFound);
            }

            await RecordAsync(user, trail, acts, $"The checkpoint of {Text(latest.Size)} leaves was downloaded.", cancellationToken);
            return Results.File(latest.Signed.ToBytes(), "text/plain; charset=utf-8", $"{Text(latest.Size)}.checkpoint");
        }
        catch (AuditUnavailableException e)
        {
            return Results.Text($"{e.Message}\n", "text/plain", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<IResult> ConsistencyAsync(
        ClaimsPrincipal user, LogComparer comparer, IAuditTrail trail, ActEvents acts, long from, long to, CancellationToken cancellationToken)
    {
        try
        {
            if (await comparer.FileAsync(from, to, cancellationToken) is not { } proof)
            {
                return Results.Text("There is no such proof: the newer size must be that of a kept checkpoint, and the older one not above it.\n", "text/plain", Encoding.UTF8, StatusCodes.Status404NotFound);
            }

            await RecordAsync(user, trail, acts, $"The proof of consistency from {Text(from)} to {Text(to)} leaves was downloaded.", cancellationToken);
            return Results.File(proof.ToBytes(), "text/plain; charset=utf-8", $"since-{Text(from)}-to-{Text(to)}.consistency");
        }
        catch (AuditUnavailableException e)
        {
            return Results.Text($"{e.Message}\n", "text/plain", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static Task<AuditReceipt> RecordAsync(ClaimsPrincipal user, IAuditTrail trail, ActEvents acts, string reason, CancellationToken cancellationToken) => trail.RecordAsync(
        acts.Of(ActorClaims.ToActor(user)!, AuditActions.AuditExport, AuditOutcome.Success) with { Resource = new AuditResource { Type = "audit.log" }, Reason = reason }, cancellationToken);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
