using System.Data.Common;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Rows as records.</summary>
internal static class AuditRows
{
    /// <summary>Columns of a sealed event, from <c>event e</c>, <c>disclosure d</c>: what <see cref="Sealed"/> reads.</summary>
    public const string SealedColumns = "e.leaf_index, e.sealed_at, e.leaf, d.items";

    /// <summary>Columns of an unsealed event: what <see cref="Unsealed"/> reads.</summary>
    public const string UnsealedColumns = "i.seq, i.workspace, i.id, i.recorded_at, i.via, i.appended_by, i.body";

    /// <summary>A sealed event; null when the leaf is no event's (numbers that are void, an event that is missing).</summary>
    public static AuditRecord? Sealed(AuditSql sql, DbDataReader row)
    {
        var index = row.GetInt64(0);
        var sealedAt = sql.ReadTime(row, 1);
        if (!LeafReader.TryRead(row.GetFieldValue<byte[]>(2), out var leaf, out var problem))
        {
            return Unreadable(index, sealedAt, problem);
        }

        if (leaf is not EventLeaf e)
        {
            return null;
        }

        var opened = LeafReader.Open(e, row.IsDBNull(3) ? [] : Encoding.ASCII.GetBytes(row.GetString(3)));
        return new AuditRecord(
            opened.Event,
            new AuditPosition { Sequence = e.Sequence, RecordedAt = e.RecordedAt, Via = e.Via, AppendedBy = e.AppendedBy, Index = index, SealedAt = sealedAt },
            e.ActorRef,
            opened.Erased);
    }

    /// <summary>An event that waits in the inbox.</summary>
    public static AuditRecord Unsealed(AuditSql sql, DbDataReader row)
    {
        var recordedAt = sql.ReadTime(row, 3);
        return new AuditRecord(
            AuditEventReader.ReadStored(Encoding.UTF8.GetBytes(row.GetString(6)), row.GetString(1), row.GetString(2), recordedAt),
            new AuditPosition
            {
                Sequence = row.GetInt64(0),
                RecordedAt = recordedAt,
                Via = AuditWords.Via(row.GetString(4)) ?? AuditVia.Sql,
                AppendedBy = row.GetString(5),
            },
            null,
            []);
    }

    // Somebody changed the stored bytes: the list still shows where, and verification names it.
    private static AuditRecord Unreadable(long index, DateTimeOffset sealedAt, string problem) => new(
        new AuditEvent
        {
            Id = $"leaf-{index.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            Time = sealedAt,
            Workspace = AuditWorkspaces.Console,
            Actor = new AuditActor { Type = AuditActorType.System, Id = "unknown" },
            Action = AuditActions.Unreadable,
            Outcome = AuditOutcome.Unknown,
            Reason = $"The stored bytes of leaf {index.ToString(System.Globalization.CultureInfo.InvariantCulture)} are not those that were sealed: {problem} Verify the audit trail.",
        },
        new AuditPosition { Sequence = 0, RecordedAt = sealedAt, Via = AuditVia.Console, AppendedBy = "unknown", Index = index, SealedAt = sealedAt },
        null,
        []);
}
