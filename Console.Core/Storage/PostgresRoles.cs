using Npgsql;

namespace OpsConsole.Core.Storage;

/// <summary>
/// The four roles of the audit trail, which nobody logs in as. They belong to the whole cluster, so they are made before the migrations,
/// where the console's login may do that; else its administrator is told what to run, once.
/// </summary>
internal static class PostgresRoles
{
    private const string Owner = "audit_owner";
    private static readonly string[] All = [Owner, "audit_writer", "audit_reader", "audit_sealer"];

    // Two consoles that start at once take turns. Any number will do; it is the CRC-32 of "audit roles".
    private const long TurnLock = 0x3A1F77C2;

    /// <summary>Makes them and joins them.</summary>
    /// <exception cref="DatabaseException">Something is missing that this login may not do itself.</exception>
    public static async Task EnsureAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({TurnLock})", cancellationToken);
        try
        {
            if (connection.PostgreSqlVersion.Major < 15)
            {
                throw new DatabaseException($"PostgreSQL {connection.PostgreSqlVersion} is too old. OpsConsole needs 15 or later.");
            }

            var state = await StateAsync(connection, cancellationToken);
            if (state.Missing.Count > 0 && state.MayCreateRoles)
            {
                foreach (var role in state.Missing)
                {
                    await MakeAsync(connection, role, cancellationToken);
                }

                state = await StateAsync(connection, cancellationToken);
            }

            if (state.NotJoined.Count > 0 && state.Missing.Count == 0)
            {
                await TryAsync(connection, $"GRANT {string.Join(", ", state.NotJoined)} TO CURRENT_USER", cancellationToken);
                state = await StateAsync(connection, cancellationToken);
            }

            if (state.IsReady)
            {
                return;
            }

            throw new DatabaseException($"""
                the database login '{state.Login}' may not set up the audit trail. An administrator of PostgreSQL runs this once, then start again:
                {state.Script()}
                """);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({TurnLock})", CancellationToken.None);
        }
    }

    private static async Task<RoleState> StateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT current_user::text, current_database()::text, r.rolsuper, r.rolsuper OR r.rolcreaterole,
                has_database_privilege(current_database(), 'CREATE'),
                ARRAY(SELECT name FROM unnest($1) AS name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)),
                ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1) AND rolname <> 'audit_writer' AND NOT pg_has_role(current_user, oid, 'USAGE')),
                to_regclass('audit.inbox') IS NOT NULL
            FROM pg_roles r WHERE r.rolname = current_user
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = All });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new RoleState(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetBoolean(3),
            reader.GetBoolean(4),
            reader.GetFieldValue<string[]>(5),
            reader.GetFieldValue<string[]>(6),
            reader.GetBoolean(7));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The turn is one of this database, the roles are the whole cluster's: a console on another database of it may be quicker.
    private static async Task MakeAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, $"CREATE ROLE {role} NOLOGIN", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // It is there, and that is what was wanted.
        }
    }

    private static async Task TryAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(connection, sql, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // It is told below, with all that is missing.
        }
    }

    private sealed record RoleState(
        string Login,
        string Database,
        bool MayCreateRoles,
        bool MayCreateSchemas,
        IReadOnlyList<string> Missing,
        IReadOnlyList<string> NotJoined,
        bool HasSchema)
    {
        // Once the schema stands, the console works without the owner's role, and is safer without it.
        private List<string> Needed => [.. NotJoined.Where(role => !HasSchema || role != Owner)];

        public bool IsReady => Missing.Count == 0 && Needed.Count == 0 && (HasSchema || MayCreateSchemas);

        public string Script()
        {
            var lines = Missing.Select(static role => $"  CREATE ROLE {role} NOLOGIN;").ToList();
            var join = Needed.Concat(Missing.Where(role => role != "audit_writer" && (!HasSchema || role != Owner))).ToList();
            if (join.Count > 0)
            {
                lines.Add($"  GRANT {string.Join(", ", join)} TO {Quote(Login)};");
            }

            if (!MayCreateSchemas && !HasSchema)
            {
                lines.Add($"  GRANT CREATE ON DATABASE {Quote(Database)} TO {Quote(Login)};");
            }

            return string.Join('\n', lines);
        }

        private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
