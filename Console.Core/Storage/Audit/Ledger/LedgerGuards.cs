namespace OpsConsole.Core.Storage.Audit.Ledger;

/// <summary>Which triggers of the audit trail's schema are not there, or do not refuse: one sentence part a row.</summary>
internal static class LedgerGuards
{
    /// <summary>For SQLite, where a permit that was left behind opens some of them as well.</summary>
    public const string SqliteMissing = """
        WITH guarded (name) AS (VALUES ('inbox'), ('receipt'), ('leaf'), ('gap'), ('tile'), ('checkpoint'), ('cosignature'), ('anchor'), ('event'), ('disclosure'), ('actor')),
            expected (name, owner) AS (SELECT 'audit_' || name || way, 'audit_' || name FROM guarded, (SELECT '_update' AS way UNION ALL SELECT '_delete'))
        SELECT 'trigger ' || e.name || CASE WHEN m.name IS NULL THEN ' is gone' ELSE ' is another' END
            FROM expected e LEFT JOIN sqlite_master m ON m.type = 'trigger' AND m.name = e.name AND m.tbl_name = e.owner
            WHERE m.name IS NULL OR m.sql NOT LIKE '% RAISE(ABORT, %'
        UNION ALL
        SELECT 'audit_permit, which opens some of them, is not empty' WHERE EXISTS (SELECT 1 FROM audit_permit)
        ORDER BY 1
        """;

    /// <summary>For PostgreSQL: of each table, and of each month's partition.</summary>
    public const string PostgresMissing = """
        WITH guarded AS (
            SELECT c.oid, c.relname::text AS relation, CASE WHEN c.relispartition THEN 'event' ELSE c.relname::text END AS owner
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'audit' AND (
                c.relname IN ('inbox', 'receipt', 'leaf', 'gap', 'tile', 'checkpoint', 'cosignature', 'anchor', 'event', 'disclosure', 'actor')
                OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid AND i.inhparent = 'audit.event'::regclass))),
        expected AS (
            SELECT g.oid, g.relation, g.owner || '_' || w.way AS name
            FROM guarded g CROSS JOIN LATERAL unnest(CASE WHEN g.owner = 'inbox' THEN ARRAY['loss', 'update', 'truncate'] ELSE ARRAY['change', 'truncate'] END) AS w (way))
        SELECT format('trigger %s of audit.%s is %s', e.name, e.relation, CASE WHEN t.oid IS NULL THEN 'gone' WHEN t.tgenabled <> 'A' THEN 'off' ELSE 'another' END)
        FROM expected e
            LEFT JOIN pg_trigger t ON t.tgrelid = e.oid AND t.tgname = e.name AND NOT t.tgisinternal
            LEFT JOIN pg_proc p ON p.oid = t.tgfoid LEFT JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE t.oid IS NULL OR t.tgenabled <> 'A' OR n.nspname <> 'audit' OR p.proname NOT LIKE 'refuse\_%'
        ORDER BY 1
        """;
}
