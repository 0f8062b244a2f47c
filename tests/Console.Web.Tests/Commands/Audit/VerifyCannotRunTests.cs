using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary><c>audit verify</c> where it cannot know anything: exit code 2, nothing on standard output, and a sentence that names the place.</summary>
public sealed class VerifyCannotRunTests : IDisposable
{
    private static readonly string Key = AuditBench.LogKey.AsLog().Key.ToString();
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-cannot-").FullName;

    private string File => Path.Combine(_folder, "console.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task NoDatabase_NothingIsMade()
    {
        await RefusedAsync($"There is no database {File}");

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task NotADatabase()
    {
        await System.IO.File.WriteAllTextAsync(File, string.Concat(Enumerable.Repeat("This is no database. ", 500)));

        // As cron starts it.
        var (exit, output, errors) = await RealVerb.RunAsync("audit", "verify", "--data", _folder, "--trust", Key);
        Refused(exit, output, errors, "file is not a database");
    }

    [Fact]
    public async Task SomebodyElsesDatabase()
    {
        await SqlAsync("CREATE TABLE address (name TEXT)");

        await RefusedAsync("is not a database of this console");
    }

    [Fact]
    public async Task OfANewerVersion()
    {
        await MigratedAsync();
        await SqlAsync("INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('29991231235959_Tomorrow', '99.0.0')");

        await RefusedAsync("was written by a newer OpsConsole");
    }

    [Fact]
    public async Task LockedByAnotherProcess()
    {
        await MigratedAsync();
        await SqlAsync("PRAGMA journal_mode = DELETE");
        using var other = Process.Start(new ProcessStartInfo("python3", ["-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print('locked',flush=True); sys.stdin.read()", File])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("locked", await other.StandardOutput.ReadLineAsync());

            await RefusedAsync("locked");
        }
        finally
        {
            other.StandardInput.Close();
            await other.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task PostgresThatNobodyRuns()
    {
        using var nobody = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((System.Net.IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        // As cron starts it.
        var (exit, output, errors) = await RealVerb.RunAsync(
            "audit", "verify", "--data", _folder, "--trust", Key, "--set", $"Database:Connection=Host=127.0.0.1;Port={port};Database=ops;Username=ops;Password=hunter2-hunter2");
        Refused(exit, output, errors, $"PostgreSQL database ops on 127.0.0.1:{port} cannot be used: Connection refused. Check Host and Port of OpsConsole:Database:Connection, and that the server runs");
    }

    [Fact]
    public async Task PostgresThatNobodyKnows() => await RefusedAsync(
        "Check Host and Port of OpsConsole:Database:Connection", "Host=nobody.invalid;Database=ops;Username=ops;Password=hunter2-hunter2");

    [Fact]
    public async Task PostgresThatRefusesTheLogin()
    {
        var cluster = await PostgresCluster.SharedAsync();
        await PostgresCluster.ExecuteAsync(cluster.Connection("postgres"), $"CREATE ROLE {PostgresCluster.AskedForPassword} LOGIN PASSWORD 'the-right-one'");

        await RefusedAsync("role \"nobody-here\" does not exist. Check the user and the password of OpsConsole:Database:Connection. (28000)", cluster.Connection("postgres", "nobody-here"));
        await RefusedAsync(
            "password authentication failed for user \"asked_for_password\". Check the user and the password of OpsConsole:Database:Connection. (28P01)",
            $"{cluster.Connection("postgres", PostgresCluster.AskedForPassword)};Password=hunter2-hunter2");
        await RefusedAsync("is not a database of this console", $"{cluster.Connection("postgres", PostgresCluster.AskedForPassword)};Password=the-right-one");
    }

    [Fact]
    public async Task PostgresWithoutTheDatabase_OrWithoutTheTrail()
    {
        var cluster = await PostgresCluster.SharedAsync();

        await RefusedAsync("database \"no-such-database\" does not exist. Name the console's own in OpsConsole:Database:Connection", cluster.Connection("no-such-database"));
        await RefusedAsync("is not a database of this console: it has none of its tables. Name the console's own in OpsConsole:Database:Connection.", await cluster.CreateDatabaseAsync());
    }

    private async Task RefusedAsync(string why, string? connection = null)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var settings = new CommandLineSettings { Data = _folder, Set = connection is null ? [] : [$"Database:Connection={connection}"] };
        var exit = await VerifyLogCommand.RunAsync(new VerifyLogArguments(settings, null, null, false, null, [Key], []), output, errors, false, CancellationToken.None);

        Refused(exit, output.ToString(), errors.ToString(), why);
    }

    private static void Refused(int exit, string output, string errors, string why)
    {
        Assert.True(exit == 2, $"{exit}\n{output}\n{errors}");
        Assert.Equal("", output);
        var sentence = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("audit verify could not run: ", sentence, StringComparison.Ordinal);
        Assert.Contains(why, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", sentence, StringComparison.Ordinal);
    }

    private async Task MigratedAsync()
    {
        await using var database = new ConsoleDatabase(File);
        await database.MigrateAsync(CancellationToken.None);
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
