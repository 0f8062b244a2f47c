using System.Data.Common;
using System.Net.Sockets;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>What differs between the two databases; the rest of this folder is written once, in the SQL that both speak.</summary>
internal abstract class AuditSql(ConsoleDatabase database)
{
    /// <summary>Seconds until one statement is given up; for PostgreSQL the connection string may say another time.</summary>
    public const int TimeoutSeconds = 20;

    /// <summary>The one for this database.</summary>
    public static AuditSql For(ConsoleDatabase database, TimeProvider time) =>
        database.Kind == DatabaseKind.Postgres ? new PostgresAuditSql(database) : new SqliteAuditSql(database, time);

    /// <summary>The database.</summary>
    public ConsoleDatabase Database { get; } = database;

    /// <summary>Which database, for messages.</summary>
    public string Name => Database.Name;

    /// <summary>Name of a table of the audit trail.</summary>
    public abstract string Table(string name);

    /// <summary>A time as a parameter.</summary>
    public abstract object Time(DateTimeOffset time);

    /// <summary>A time out of a column.</summary>
    public abstract DateTimeOffset ReadTime(DbDataReader reader, int column);

    /// <summary>A condition that <c>s</c> has words that begin with each of these, and the value of its parameter.</summary>
    /// <param name="parameter">Name of the parameter, with its sign.</param>
    /// <param name="prefixes">Words as <see cref="AuditSearchWords"/> splits them.</param>
    public abstract (string Condition, string Value) Words(string parameter, IReadOnlyList<string> prefixes);

    /// <summary>The search table as <c>s</c>, and what the words are in.</summary>
    /// <param name="words">Whether words are looked for.</param>
    public abstract string SearchFrom(bool words);

    /// <summary>The column of the index that leads the search: in it the newest come last.</summary>
    public abstract string Leading(bool words);

    /// <summary>True where words are looked up first, each time anew: a search in parts then costs a whole one for each part.</summary>
    public virtual bool WordsLead => false;

    /// <summary>The leaf's index, where the search begins.</summary>
    public abstract string LeafIndex(bool words);

    /// <summary>A condition that a row stands before a number.</summary>
    /// <param name="parameter">The number's parameter.</param>
    /// <param name="words">Whether words are looked for.</param>
    public abstract string Below(string parameter, bool words);

    /// <summary>A column such that no index of it is used.</summary>
    public abstract string Unindexed(string column);

    /// <summary>A column to sort by, such that what is found is sorted, and no index is walked because it has this order.</summary>
    public virtual string Sorted(string column) => column;

    /// <summary>
    /// True where the database guesses from statistics whether to walk from the newest back or to look up the restrictions, and a wrong guess walks through the
    /// whole log: it then gets the newest part and the rest as two questions.
    /// </summary>
    public virtual bool Guesses => false;

    /// <summary>Gives the transaction room to keep what restrictions find exactly, instead of by pages that are looked at again.</summary>
    public virtual Task MakeRoomAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An open connection.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A transaction that sees one state of the database; nothing is written in it.</summary>
    public abstract Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Appends in a transaction of its own, and reads in the same one if asked to.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="events">What to append.</param>
    /// <param name="via">Which way they came in.</param>
    /// <param name="appendedBy">Who appends.</param>
    /// <param name="read">Reads in the same transaction, from one state of the database; its result is given out after the commit.</param>
    /// <param name="cancellationToken">Cancels before the commit begins.</param>
    public abstract Task<T> AppendAsync<T>(
        IReadOnlyList<AuditEvent> events,
        AuditVia via,
        string appendedBy,
        Func<DbConnection, DbTransaction?, IReadOnlyList<AppendResult>, Task<T>> read,
        CancellationToken cancellationToken);

    /// <summary>A command with a timeout; parameters are named p0, p1, …</summary>
    public static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        if (connection is not Npgsql.NpgsqlConnection)
        {
            command.CommandTimeout = TimeoutSeconds;
        }

        foreach (var value in parameters)
        {
            Add(command, value);
        }

        return command;
    }

    /// <summary>Adds a parameter and gives its name with its sign.</summary>
    public static string Add(DbCommand command, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }

    /// <summary>True for failures of the database or of the way to it.</summary>
    public static bool IsFailure(Exception e) => e is DbException or TimeoutException or IOException or SocketException or ObjectDisposedException
        || (e is InvalidOperationException && (e.InnerException is DbException || e.Source is "Npgsql" or "Microsoft.Data.Sqlite"));

    /// <summary>The failure as the audit trail tells it.</summary>
    public AuditUnavailableException Unavailable(string what, Exception e)
    {
        Database.Look(e);
        return new($"The audit trail cannot {what}: {Name} says: {DatabaseFault.Sentence(e)}", e);
    }
}
