using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OpsConsole.Core.Storage;

/// <summary>What a failure of the database means: in words that say what to do, and whether it is away, damaged, or only busy.</summary>
internal static class DatabaseFault
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>The failure itself: without the wrappers that EF Core and Npgsql put around it.</summary>
    public static Exception Cause(Exception e)
    {
        while (e is not (PostgresException or SqliteException or SocketException or TimeoutException)
            && e.InnerException is DbException or SocketException or TimeoutException or IOException)
        {
            e = e.InnerException!;
        }

        return e;
    }

    /// <summary>The same for a verb of the command line, which tries once: what to do before it is run again.</summary>
    public static string SentenceOfOneTry(Exception e)
    {
        var cause = Cause(e);
        return cause switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } postgres =>
                $"{Full(postgres.MessageText)} Name the console's own in OpsConsole:Database:Connection; the console itself makes its tables at its first start, in a database that is there. ({postgres.SqlState})",
            PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } postgres =>
                $"{Full(postgres.MessageText)} The server is stopping or starting: try again in a moment. ({postgres.SqlState})",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } postgres => $"{Full(postgres.MessageText)} Try again in a moment; raise max_connections where it stays. ({postgres.SqlState})",
            SocketException socket => $"{Full(socket.Message)} Check Host and Port of OpsConsole:Database:Connection, and that the server runs and can be reached from here.",
            TimeoutException => "no answer in time. Check Host and Port of OpsConsole:Database:Connection, and that the server runs and can be reached from here.",
            InvalidOperationException { Source: "Npgsql" } => "the connection was lost. Try again.",
            _ => Sentence(e),
        };
    }

    /// <summary>What is wrong and the way out, in a sentence or two; no user, no password.</summary>
    public static string Sentence(Exception e)
    {
        var cause = Cause(e);
        return cause switch
        {
            PostgresException postgres => $"{Full(postgres.MessageText)}{WayOut(postgres.SqlState)} ({postgres.SqlState})",
            SqliteException sqlite => $"{Full(Text(sqlite))}{WayOut(sqlite.SqliteErrorCode)}",
            SocketException socket => $"{Full(socket.Message)} It is tried again by itself.",
            TimeoutException => "no answer in time. It is tried again by itself.",
            InvalidOperationException { Source: "Npgsql" } => "the connection was lost. It is tried again by itself.",
            _ => Full(cause.Message),
        };
    }

    /// <summary>True where nobody has to mend the settings: the server is away, starting, stopping, full, or not the one that may be written to.</summary>
    public static bool IsAway(Exception e) => Cause(e) switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName
            || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        SocketException or TimeoutException => true,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException,
        IOException => true,
        _ => false,
    };

    /// <summary>True where the same transaction may simply be made again: another one was in its way.</summary>
    public static bool IsCollision(PostgresException e) => e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>True where the bytes of the SQLite file are not those that SQLite wrote.</summary>
    public static bool IsDamage(Exception e) => Cause(e) is SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase };

    private static string WayOut(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => " Its disk is full: make room on the database's server. What is refused meanwhile is not recorded and not done.",
        PostgresErrorCodes.ReadOnlySqlTransaction => " It takes no writes: a standby, or set so by its administrator. It goes on once the address leads to the primary.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => " The server is stopping or starting: it is tried again by itself.",
        PostgresErrorCodes.TooManyConnections => " It is tried again by itself; raise max_connections where it stays.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => " Check the user and the password of OpsConsole:Database:Connection.",
        _ => "",
    };

    private static string WayOut(int code) => code switch
    {
        SqliteBusy or SqliteLocked => " Another program holds the file: end it (lsof names it), and try again.",
        SqliteReadOnly or SqliteCannotOpen => " The console's user must be able to write the file and its folder.",
        SqliteIoError => " Look at the disk and the rights of the data folder.",
        SqliteFull => " The disk of the data folder is full, or a limit is reached: make room. What is refused meanwhile is not recorded and not done.",
        SqliteCorrupt or SqliteNotADatabase => $" {Damage}",
        _ => "",
    };

    /// <summary>What to do with a damaged file.</summary>
    public static string Damage =>
        "Nothing is written to it any more. Stop the console, keep the file with its -wal and -shm as they are, and start from a backup in another data folder; "
        + "'sqlite3 console.db .recover' reads out what is left.";

    // "SQLite Error 13: 'database or disk is full'." as "database or disk is full (SQLite error 13)."
    private static string Text(SqliteException e)
    {
        var begin = e.Message.IndexOf('\'', StringComparison.Ordinal);
        var end = e.Message.LastIndexOf('\'');
        var text = begin >= 0 && end > begin ? e.Message[(begin + 1)..end] : e.Message;
        return string.Create(CultureInfo.InvariantCulture, $"{text.TrimEnd('.')} (SQLite error {e.SqliteErrorCode})");
    }

    private static string Full(string text) => text.EndsWith('.') ? text : $"{text}.";
}
