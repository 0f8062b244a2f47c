using System.Globalization;
using OpsConsole.Core.Access;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>Makes statements of the three books, records them, and reads them back. Permissions are checked here, whatever a page shows.</summary>
public sealed class Statements(BookReading books, ICloudRun cloudRun, IAuditReader reader, IAuditTrail trail, ActEvents acts, TimeProvider time)
{
    /// <summary>At most so many statements are listed, newest first.</summary>
    public const int MostListed = 400;

    /// <summary>The longest stretch of one statement.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Makes and records a statement that somebody asks for.</summary>
    public Task<StatementAnswer> MakeAsync(Actor actor, string project, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var refused = !actor.MayRead(Permission.VerifyAudit, project) ? $"{actor.DisplayName} may not reconcile the books: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.VerifyAudit))}."
            : !cloudRun.Projects.Contains(project, StringComparer.Ordinal) ? $"{project} is not a project of this console."
            : from >= to || to - from > Longest ? $"A statement covers at most {Longest.TotalDays.ToString(CultureInfo.InvariantCulture)} days, and its start lies before its end."
            : from >= now ? "Nothing has happened yet in that time."
            : null;
        return refused is not null
            ? Task.FromResult<StatementAnswer>(new StatementAnswer.Refused(refused))
            : MakeAsync(
                string.Create(CultureInfo.InvariantCulture, $"statement-{project}-{from.UtcDateTime:yyyyMMdd'T'HHmm}-{Guid.CreateVersion7(now):N}"),
                project, from, to < now ? to : now, () => acts.Of(actor, AuditActions.AuditStatement, AuditOutcome.Success), cancellationToken);
    }

    /// <summary>
    /// Makes the statement of a whole UTC day for a project, unless the trail holds it. Two consoles that do so at the same time give it the
    /// same id: one of them finds that it is there.
    /// </summary>
    /// <returns>Null when it was there already.</returns>
    public async Task<StatementAnswer?> MakeDailyAsync(string project, DateOnly day, CancellationToken cancellationToken)
    {
        var id = DailyId(project, day);
        try
        {
            await foreach (var record in reader.OwnActsAsync(Query(project), cancellationToken))
            {
                if (record.Event.Id == id)
                {
                    return null;
                }
            }
        }
        catch (AuditUnavailableException e)
        {
            return new StatementAnswer.Refused(e.Message);
        }

        var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return await MakeAsync(id, project, from, from.AddDays(1), () => acts.OfSystem(AuditActions.AuditStatement, AuditOutcome.Success), cancellationToken);
    }

    /// <summary>The statements of a project, newest first. Reading them is recorded.</summary>
    /// <exception cref="AuditUnavailableException">The trail cannot be read, or did not take the record.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not.</exception>
    public async Task<IReadOnlyList<SealedStatement>> ListAsync(Actor actor, string project, CancellationToken cancellationToken)
    {
        if (!actor.MayRead(Permission.VerifyAudit, project))
        {
            throw new UnauthorizedAccessException($"{actor.DisplayName} may not see statements of the books.");
        }

        var access = acts.Of(actor, AuditActions.AuditSearch, AuditOutcome.Success) with { Details = ActEvents.Details(new { what = "statements of the three books", project }) };
        List<(AuditRecord Record, StatementDetails Details)> parts = [];
        var page = await reader.SearchAsync(Query(project), null, MostListed, access, cancellationToken);
        foreach (var record in page.Records)
        {
            if (StatementJson.Read(record.Event.Details) is { } details)
            {
                parts.Add((record, details));
            }
        }

        // Parts without a first one were left by an attempt that was cut off, and made anew.
        return
        [
            .. parts.GroupBy(static p => (p.Details.Statement, p.Details.MadeAt)).Where(static g => g.Any(static p => p.Details.Part == 1))
                .Select(Read).OrderByDescending(static s => s.Statement.MadeAt),
        ];
    }

    /// <summary>Id of the daily statement.</summary>
    public static string DailyId(string project, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"statement-{project}-{day:yyyyMMdd}");

    private static AuditQuery Query(string project) => new() { Actions = [AuditActions.AuditStatement], ResourceTypes = ["gcp.project"], ResourceIds = [project] };

    private static SealedStatement Read(IEnumerable<(AuditRecord Record, StatementDetails Details)> group)
    {
        var parts = group.OrderBy(static p => p.Details.Part).ToList();
        var (record, head) = parts[0];
        var statement = new Statement
        {
            Id = head.Statement,
            Project = head.Project,
            From = head.From,
            To = head.To,
            MadeAt = head.MadeAt,
            Notes = head.Notes,
            Rows = [.. parts.SelectMany(static p => p.Details.Rows)],
        };
        return new SealedStatement(statement, record.Event.Actor.DisplayName ?? record.Event.Actor.Id, [.. parts.Select(static p => p.Record)], head.Sha256, head.Parts);
    }

    private async Task<StatementAnswer> MakeAsync(
        string id, string project, DateTimeOffset from, DateTimeOffset to, Func<AuditEvent> newEvent, CancellationToken cancellationToken)
    {
        try
        {
            var (read, notes, refused) = await books.ReadAsync(project, from, to, cancellationToken);
            if (read is null)
            {
                return new StatementAnswer.Refused(refused!);
            }

            var now = time.GetUtcNow();
            var statement = new Statement { Id = id, Project = project, From = from, To = to, MadeAt = now, Notes = notes, Rows = Reconciler.Of(read, from, to, now) };
            var details = StatementJson.Details(statement);

            // The first one last, and only it under the statement's own id: whoever finds it finds the others, and what was cut off can be made anew.
            for (var part = details.Count; part > 0; part--)
            {
                await trail.RecordAsync(
                    newEvent() with
                    {
                        Id = part == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{part}.{now.ToUnixTimeMilliseconds()}"),
                        Resource = new AuditResource { Type = "gcp.project", Id = project, Project = project },
                        Details = details[part - 1],
                    },
                    cancellationToken);
            }

            return new StatementAnswer.Made(statement);
        }
        catch (AuditUnavailableException e)
        {
            return new StatementAnswer.Refused(e.Message);
        }
    }
}
