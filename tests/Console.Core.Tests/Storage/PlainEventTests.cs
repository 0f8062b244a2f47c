using System.Text;
using Npgsql;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Storage;

/// <summary><c>audit.append</c> looks at a plain event once and at any other again, thoroughly: what the first look passes, the second must pass, too.</summary>
public sealed class PlainEventTests : IAsyncLifetime
{
    private TestDatabase _database = default!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task FirstLook_OfChangedEvents_PassesNoneThatTheThoroughLookRefuses()
    {
        await PostgresCluster.ExecuteAsync(_database.Connection, Looks + Given + Texts + Times + Changed);

        Assert.Equal([1, 1, 2, 2], await _database.ListAsync<int>("SELECT plain(body) FROM given ORDER BY number"));
        Assert.Equal([], await _database.ListAsync<string>("SELECT left(body::text, 500) FROM looked WHERE plain > 0 AND NOT thorough(body) LIMIT 10"));

        // It has something to say, of both kinds, and leaves something to the second.
        Assert.Equal([true, true, true], await _database.ListAsync<bool>("SELECT count(*) > 1000 FROM looked GROUP BY plain ORDER BY plain"));
        Assert.True(await _database.ScalarAsync<bool>("SELECT thorough(body) FROM looked WHERE plain = 0 AND body ->> 'time' = '1999-12-31T23:59:59Z' LIMIT 1"));
        Assert.Equal(
            ["2026-03-01T09:30:00+05:30", "2026-03-01T09:30:00.123456+00:00", "2028-02-29T09:30:00Z"],
            await _database.ListAsync<string>("""
                SELECT DISTINCT body ->> 'time' FROM looked WHERE plain > 0 AND body ->> 'time' IN ('2026-03-01T09:30:00+05:30', '2028-02-29T09:30:00Z', '2026-02-29T09:30:00Z',
                    '2026-03-01T09:30:00.123456+00:00', '2026-03-01T09:30:00.1Z00:1Z', '2026-03-01T09:30:00.123456+00:0:', '2026-03-01T09:30:00+16:00') ORDER BY 1
                """));
    }

    [Fact]
    public async Task WhatIsTaken_CanBeSealed_AndWhatIsRefusedIsSaidInWords()
    {
        await PostgresCluster.ExecuteAsync(_database.Connection, Looks + Given + Texts + Times + Changed);

        var taken = await _database.ListAsync<string>("SELECT body::text FROM looked WHERE plain > 0 OR thorough(body)");
        Assert.InRange(taken.Count, 5_000, 50_000);
        Assert.Equal([], taken.Where(static body => AuditEventReader.Read(Encoding.UTF8.GetBytes(body), null) is not AuditEventReading.Accepted).Select(static body => body[..Math.Min(body.Length, 500)]).Take(10));

        var states = await _database.ListAsync<string>("""
            SELECT DISTINCT said(body) FROM looked WHERE plain = 0 ORDER BY 1
            """);
        Assert.Equal(["", "AU400"], states);
    }

    [Theory]
    [InlineData("{details}", "1e309", "details holds a number beyond the range of a double")]
    [InlineData("{before}", "[{\"a\": -1e400}]", "before holds a number beyond the range of a double")]
    [InlineData("{after}", "deep", "after is nested deeper than 32 levels")]
    [InlineData("{reason}", "\"a\\u0007b\"", "reason holds a control character")]
    [InlineData("{reason}", "\"a\\u0085b\"", "reason holds a control character")]
    [InlineData("{schemaVersion}", "1.0", "schemaVersion (1)")]
    [InlineData("{traceId}", "\"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01\"", "traceId (32 hexadecimal digits")]
    [InlineData("{time}", "\"2026-03-01T23:59:60Z\"", "time '2026-03-01T23:59:60Z' does not exist")]
    [InlineData("{time}", "\"9999-12-31T23:59:59-01:00\"", "time '9999-12-31T23:59:59-01:00' does not exist")]
    [InlineData("{workspace}", "\"opsconsole\"", "workspace 'opsconsole' is the console's own")]
    public async Task WhatCouldNotBeSealed_IsRefusedByName(string path, string value, string sentence)
    {
        await PostgresCluster.ExecuteAsync(_database.Connection, Given);
        var json = value == "deep" ? new string('[', 33) + new string(']', 33) : value;

        var refused = await Assert.ThrowsAsync<PostgresException>(() => PostgresCluster.ExecuteAsync(
            _database.Connection, $"SELECT audit.append(jsonb_set(body, '{path}', '{json.Replace("'", "''", StringComparison.Ordinal)}')) FROM given WHERE number = 1"));

        Assert.Equal("AU400", refused.SqlState);
        Assert.Contains(sentence, refused.MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SET TimeZone = 'America/New_York'; SET DateStyle = 'German, DMY'")]
    [InlineData("SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'SQL, MDY'")]
    public async Task FirstLook_OfTimes_DoesNotDependOnTheSession(string settings)
    {
        await PostgresCluster.ExecuteAsync(_database.Connection, Looks + Given + Times);

        await PostgresCluster.ExecuteAsync(_database.Connection, $$"""
            {{settings}};
            CREATE TABLE looked AS SELECT t, plain(jsonb_set(g.body, '{time}', to_jsonb(t))) FROM given g, times WHERE g.number = 2;
            """);

        Assert.Equal([], await _database.ListAsync<string>("SELECT t FROM looked l, given g WHERE l.plain > 0 AND g.number = 2 AND NOT thorough(jsonb_set(g.body, '{time}', to_jsonb(t)))"));
        Assert.Contains("2026-03-01T09:30:00+05:30", await _database.ListAsync<string>("SELECT t FROM looked WHERE plain = 1"));
    }

    // What audit.append looks at: 1 plain, 2 plain with more, 0 neither. An error refuses an event as well as a sentence does.
    private const string Looks = """
        CREATE FUNCTION plain(body jsonb) RETURNS int LANGUAGE plpgsql AS $f$
        DECLARE
            rest jsonb := audit.plain_rest(body);
            first bool;
        BEGIN
            first := audit.is_plain(body, body::text, body -> 'actor', body -> 'resource', rest);
            RETURN CASE WHEN first THEN 1 WHEN NOT first AND audit.is_plain_with_more(body, body -> 'actor', body -> 'resource', rest) THEN 2 ELSE 0 END;
            EXCEPTION WHEN data_exception THEN RETURN 0;
        END $f$;
        CREATE FUNCTION thorough(body jsonb) RETURNS bool LANGUAGE plpgsql AS $f$ BEGIN
            PERFORM audit.check_event(body, body::text); RETURN true; EXCEPTION WHEN OTHERS THEN RETURN false; END $f$;
        CREATE FUNCTION said(body jsonb) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN
            PERFORM audit.check_event(body, body::text); RETURN ''; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $f$;

        """;

    private const string Given = """
        CREATE TABLE given AS SELECT number, e.body::jsonb FROM (VALUES
            (1, '{"id": "0192f0c4-6a2e-7c1b-9a54-5d2f3c8e9b10", "time": "2026-03-01T09:30:00.123456+00:00", "workspace": "acme-prod", "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
                "actor": {"type": "user", "id": "maria.lind@acme.example"}, "action": "account.pay", "outcome": "success", "resource": {"type": "account", "id": "4711"},
                "details": {"delta": "12.50", "note": "two \"lines\"\n"}}'),
            (2, '{"id": "1", "time": "2026-03-01T09:30:00Z", "workspace": "w", "actor": {"type": "user", "id": "m"}, "action": "a", "outcome": "unknown"}'),
            (3, '{"id": "1", "time": "2026-03-01T09:30:00.123Z", "workspace": "w", "actor": {"type": "system", "id": "m", "displayName": "Ü", "onBehalfOf": "n", "session": "s", "ip": "::1",
                "userAgent": "x"}, "action": "a.b_c-d", "outcome": "denied", "reason": "two\nlines", "resource": {"type": "t", "id": "", "name": "n", "project": "p", "location": "l"},
                "source": {"service": "s", "revision": "r", "instance": "i"}, "before": {"a": [1, 2.50, null]}, "after": 7, "details": "d"}'),
            (4, '{"id": "1", "time": "2026-03-01T09:30:00Z", "workspace": "w", "actor": {"type": "user", "id": "m"}, "action": "a", "outcome": "failure", "source": {"service": "s"}}')
            ) AS e (number, body);

        """;

    private const string Texts = """
        CREATE TABLE texts AS
            SELECT t FROM unnest(ARRAY['', ' ', 'x', 'a.b', 'A b', '.a', 'a.', 'a..b', 'a.-_', 'ü', E'a\nb', E'a\n', E'\ta', E'a\u0001b', E'a\u001fb',
                E'a\u007fb', E'a\u0080b', E'a\u0085b', E'a\u009fb', E'a\u00a0b', 'a"b', 'a\b', 'a\u0041', '"}', '", "x": "', 'user', 'system', 'User',
                'robot', 'success', 'denied', 'Success', '名前', '😀', '::1', '203.0.113.7', repeat('0', 32), repeat('0', 31) || 'g', repeat('0', 31) || 'A',
                repeat('0', 30) || '1', repeat('f', 33), repeat('0', 32) || E'\n', '4bf92f3577b34da6a3ce929d0e0e4736', '4BF92F3577B34DA6A3CE929D0E0E4736',
                '4bf92f35-77b3-4da6-a3ce-929d0e0e4736', '{4bf92f35-77b3-4da6-a3ce-929d0e0e4736}', ' 4bf92f3577b34da6a3ce929d0e0e473',
                '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736', '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', '00f067aa0ba902b7', 'now', E'a\u0007b', E'a\rb\u000b',
                'infinity', '1', 'null', 'true']) AS t
            UNION SELECT repeat(c, n + d) FROM unnest(ARRAY['x', 'ü', '0', '😀']) AS c, generate_series(0, 1) AS d,
                unnest(ARRAY[10, 16, 64, 100, 124, 128, 256, 300, 320, 512, 1024, 4096]) AS n;

        """;

    private const string Times = """
        CREATE TABLE times AS
            SELECT t FROM unnest(ARRAY['2026-03-01T09:30:00', '2026-03-01T09:30:00+01', '2026-03-01 09:30:00Z', '2026-03-01t09:30:00z',
                '2026-13-01T09:30:00Z', '2026-00-01T09:30:00Z', '2026-02-30T09:30:00Z', '2026-02-29T09:30:00Z', '2028-02-29T09:30:00Z',
                '2026-04-31T09:30:00.123Z', '2026-03-00T09:30:00Z', '2026-03-01T24:00:00Z', '2026-03-01T24:00:01Z', '2026-03-01T25:30:00Z',
                '2026-03-01T09:60:00Z', '2026-03-01T09:30:60Z', '2026-03-01T09:30:61Z', '2026-3-01T09:30:00.00Z', 'sept-03-01T09:30:00Z',
                '2026-sep-01T09:30:00Z', '0000-00-00T00:00:00Z', '0001-01-01T00:00:00Z', '1999-12-31T23:59:59Z', '20260-03-01T09:30:00Z',
                '+2026-03-01T09:30:00Z', '2026-03-01T09:30:00+15:59', '2026-03-01T09:30:00+16:00', '2026-03-01T09:30:00-24:00', '2026-03-01T09:30:00+00:60',
                '2026-03-01T09:30:00+00:00:00', '2026-03-01T09:30:00.123456 UTC', '2026-03-01T09:30:00.123456 BC', '2026-W09-7T09:30:00Z',
                '2026-060T09:30:00Z', '20260301T093000Z', '2026-03-01T09:30Z', '2026-03-01T09:30:00,5Z', '2026-03-01T09:30:00.Z',
                '2026-03-01T09:30:00.1Z00:1Z', '2026-03-01T09:30:00.1+1:10Z', '2026-03-01T09:30:00.123456789012Z', '2026-03-01T09:30:00.1234567890123Z',
                '2026-03-01T09:30:00.12345678901234567890Z', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59-01:00',
                '0001-01-01T00:00:00+01:00', '2026-03-01T23:59:60.5Z', '20-6-03-01T09:30:00Z', '20.6-03-01T09:30:00Z']) AS t
            -- Each letter of each form another, left out, or twice.
            UNION SELECT overlay(f placing c from p for l) FROM unnest(ARRAY['2026-03-01T09:30:00.123456+00:00', '2026-03-01T09:30:00.12345-05:00',
                '2026-12-31T23:59:59.1234567Z', '2026-03-01T09:30:00Z', '2026-03-01T09:30:00+05:30', '2026-03-01T09:30:00.123Z']) AS f,
                generate_series(1, 33) AS p, generate_series(0, 1) AS l, unnest(ARRAY['', '0', '3', '6', '9', '-', '+', ':', '.', 'T', 'Z', ' ', 'x', 'é']) AS c
            -- Signs among the decimals.
            UNION SELECT concat('2026-03-01T09:30:00.1', a, b, c, '1', z) FROM unnest(ARRAY['0', '9', '-', ':', '+', 'Z']) AS a,
                unnest(ARRAY['1', '.', '-', '+', 'T', 'Z', ':']) AS b, unnest(ARRAY['', '1', ':', 'Z']) AS c, unnest(ARRAY['+00:00', '-05:00', 'Z']) AS z;

        """;

    // Each value in every place, each property missing, each one too many.
    private const string Changed = """
        CREATE TABLE changed AS
            SELECT jsonb_set(g.body, p.path, v.value) AS body FROM given g, (VALUES ('{id}'::text[]), ('{time}'), ('{workspace}'), ('{traceId}'),
                ('{action}'), ('{outcome}'), ('{reason}'), ('{spanId}'), ('{schemaVersion}'), ('{details}'), ('{before}'), ('{stray}'), ('{""}'), ('{a}'),
                ('{actor}'), ('{actor,id}'), ('{actor,type}'), ('{actor,ip}'), ('{actor,displayName}'), ('{actor,onBehalfOf}'), ('{actor,session}'),
                ('{actor,userAgent}'), ('{actor,stray}'), ('{actor,""}'), ('{actor,name}'), ('{resource}'), ('{resource,id}'), ('{resource,type}'),
                ('{resource,name}'), ('{resource,project}'), ('{resource,location}'), ('{resource,stray}'), ('{resource,""}'), ('{source}'),
                ('{source,service}'), ('{source,revision}'), ('{source,instance}'), ('{source,stray}'), ('{source,""}')) AS p (path),
                (SELECT to_jsonb(t) FROM texts UNION ALL SELECT * FROM jsonb_array_elements('[null, 0, 1, 1.0, 1e400, -1e309, 1e308,
                    1.7976931348623157e308, [1.7976931348623158e308], 1.7976931348623159e308, {"a": [{"b": 2e308}]}, 1e-400, true, false, [], ["x"], ["success"],
                    [[{"id": "x"}]], {}, {"": null}, {"type": "user"}, {"id": "a", "type": "user"}, {"id": ["a"], "type": "user"}, {"id": {"id": "a"}, "type": "user"},
                    {"id": null, "type": "user"}, {"id": "a", "type": ["user"]}, {"type": "x"}, {"type": "x", "stray": "x"}, {"id": "a", "type": "x", "": null},
                    {"service": 7}, {"service": "s", "service2": "s"}, [{"id": "a", "type": "user"}]]')) AS v (value)
            UNION ALL SELECT jsonb_set(g.body, '{time}', to_jsonb(t)) FROM given g, times WHERE g.number = 2
            UNION ALL SELECT g.body - key FROM given g, jsonb_object_keys(g.body) AS key
            UNION ALL SELECT g.body #- ARRAY[p, key] FROM given g, unnest(ARRAY['actor', 'resource', 'source']) AS p, jsonb_object_keys(g.body -> p) AS key
            UNION ALL SELECT jsonb_set(g.body, '{details}', to_jsonb(repeat('x', n))) FROM given g, unnest(ARRAY[261000, 262144, 270000]) AS n
            UNION ALL SELECT jsonb_set(g.body, ARRAY[f], (repeat('[', n) || v || repeat(']', n))::jsonb) FROM given g, generate_series(30, 34) AS n, unnest(ARRAY['details', 'after']) AS f,
                unnest(ARRAY['', '7', '{}', '{"a": 1}']) AS v
            UNION ALL SELECT jsonb_build_array(g.body) FROM given g
            UNION ALL SELECT * FROM jsonb_array_elements('[null, 1, "x", true, [], ["id", "time"], {}]')
            UNION ALL SELECT g.body FROM given g;
        CREATE TABLE looked AS SELECT body, plain(body) FROM changed;

        """;
}
