using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

public sealed class SqliteTamperingTests() : TamperingContract(DatabaseKind.Sqlite)
{
    [Fact]
    public async Task IndexOfWords_WithoutAPart_IsFound_ThoughTheWordsAreThere()
    {
        await using var log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);
        Assert.True((await log.VerifyAsync()).IsGood);

        // Segments have ids above 10, which is the structure (FTS5 documentation, "The %_data table").
        await log.ExecuteAsync("UPDATE audit.words_data SET block = (SELECT block FROM audit.words_data WHERE id > 10 ORDER BY id LIMIT 1) WHERE id = (SELECT max(id) FROM audit.words_data)");

        var problem = Assert.Single((await log.VerifyAsync()).Problems);
        Assert.Equal(VerifyProblemKind.SearchChanged, problem.Kind);
        Assert.StartsWith("Free text may miss events, or show others", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IndexOfActors_WithoutAnEvent_IsFound_ThoughItsRowIsThere()
    {
        await using var log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);

        // An index that leaves one event out, under the definition of the whole one.
        await log.ExecuteAsync("""
            DROP INDEX audit_search_actor; CREATE INDEX audit_search_actor ON audit_search (actor_ref, seq) WHERE leaf_index <> 123;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = 'CREATE INDEX audit_search_actor ON audit_search (actor_ref, seq)' WHERE name = 'audit_search_actor';
            PRAGMA writable_schema = RESET;
            """);

        var problem = Assert.Single((await log.VerifyAsync()).Problems);
        Assert.Equal(VerifyProblemKind.SearchChanged, problem.Kind);
        Assert.Contains("an index is not that of its table", problem.Sentence, StringComparison.Ordinal);
    }
}
