using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Looks into a console's SQLite file for what was recorded, sealed or not yet.</summary>
public static class RecordedEvents
{
    /// <summary>Actions and outcomes as <c>action outcome</c>, in order of arrival.</summary>
    /// <param name="file">The database.</param>
    public static IReadOnlyList<string> In(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT text FROM (
                SELECT seq, body AS text FROM audit_inbox
                UNION ALL SELECT l.seq, CAST(e.leaf AS TEXT) FROM audit_leaf l JOIN audit_event e USING (leaf_index) WHERE l.seq IS NOT NULL)
            ORDER BY seq
            """;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            var root = JsonElement.Parse(reader.GetString(0));
            found.Add($"{root.GetProperty("action").GetString()} {root.GetProperty("outcome").GetString()}");
        }

        return found;
    }

    /// <summary>How many acts of a person succeeded, sealed or not yet.</summary>
    /// <param name="file">The database.</param>
    /// <param name="person">The id of the actor. It names nobody else in any text of an event.</param>
    public static long SuccessesOf(string file, string person)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        // A sealed leaf holds a commitment to its actor; who it was stands beside it.
        command.CommandText = """
            SELECT count(*) FROM (
                SELECT body AS event, body AS said FROM audit_inbox
                UNION ALL SELECT CAST(e.leaf AS TEXT), d.items FROM audit_event e JOIN audit_disclosure d USING (leaf_index))
            WHERE event ->> 'outcome' = 'success' AND instr(said, $person) > 0
            """;
        command.Parameters.AddWithValue("$person", person);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Takes a table away, so that nothing can be recorded.</summary>
    public static void Break(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "ALTER TABLE audit_receipt RENAME TO audit_receipt_gone";
        command.ExecuteNonQuery();
    }
}
