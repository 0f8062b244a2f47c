using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OpsConsole.Testing.Storage;

/// <summary>
/// A PostgreSQL server of the tests' own, from the installed binaries, in a temporary folder, on a free loopback port.
/// One a process: databases are cheap, servers are not.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresCluster>> SharedCluster = new(static () => StartAsync(durable: false, CancellationToken.None));
    private static int s_databases;

    private readonly string _folder;
    private readonly bool _asRoot;

    private PostgresCluster(string folder, int port, bool asRoot)
    {
        _folder = folder;
        Port = port;
        _asRoot = asRoot;
    }

    /// <summary>The one login that is asked for a password; make it with <c>CREATE ROLE … LOGIN PASSWORD</c>.</summary>
    public const string AskedForPassword = "asked_for_password";

    /// <summary>Loopback port.</summary>
    public int Port { get; }

    /// <summary>Process of the server; those of its connections are its children.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Folder of the server's programs, for psql and pgbench.</summary>
    public static string Binaries { get; } = FindBinaries();

    /// <summary>The one of this process; it stops when the process ends.</summary>
    public static Task<PostgresCluster> SharedAsync() => SharedCluster.Value;

    /// <summary>Makes a server and waits until it answers.</summary>
    /// <param name="durable">With fsync, as in production: only a power cut shows the difference, and measurements do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<PostgresCluster> StartAsync(bool durable, CancellationToken cancellationToken) =>
        StartAsync(durable, Directory.CreateTempSubdirectory("opsconsole-pg-").FullName, null, cancellationToken);

    /// <summary>The same on given disks.</summary>
    /// <param name="durable">With fsync.</param>
    /// <param name="folder">An empty folder for the data; it is deleted with the server.</param>
    /// <param name="log">An empty folder for the write-ahead log; null for the data's. With one, segments are small.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PostgresCluster> StartAsync(bool durable, string folder, string? log, CancellationToken cancellationToken)
    {
        var asRoot = string.Equals(Environment.UserName, "root", StringComparison.Ordinal);
        if (asRoot)
        {
            // initdb and postgres refuse to run as root; the packages made the user postgres.
            await RunAsync("chown", ["postgres", folder, .. log is null ? Array.Empty<string>() : [log]], cancellationToken);
        }

        var cluster = new PostgresCluster(folder, FreePort(), asRoot);
        await cluster.ServerAsync(
            "initdb",
            [
                "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions", "--no-sync",
                .. log is null ? Array.Empty<string>() : ["--waldir", Path.Combine(log, "wal"), "--wal-segsize=1"],
            ],
            cancellationToken);
        await File.AppendAllTextAsync(
            Path.Combine(cluster.Data, "postgresql.conf"),
            string.Create(CultureInfo.InvariantCulture, $"""

                listen_addresses = '127.0.0.1'
                port = {cluster.Port}
                unix_socket_directories = ''
                max_connections = 200
                max_prepared_transactions = 4
                shared_buffers = 256MB
                max_wal_size = {(log is null ? "2GB" : "8MB")}
                min_wal_size = {(log is null ? "80MB" : "2MB")}
                fsync = {(durable ? "on" : "off")}

                """),
            cancellationToken);
        var access = Path.Combine(cluster.Data, "pg_hba.conf");
        await File.WriteAllTextAsync(access, $"host all {AskedForPassword} 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(access, cancellationToken)}", cancellationToken);
        await cluster.ServerAsync("pg_ctl", ["-D", cluster.Data, "-w", "-t", "60", "-l", Path.Combine(folder, "server.log"), "start"], cancellationToken);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.StopNow();
        return cluster;
    }

    /// <summary>A connection string of the superuser.</summary>
    /// <param name="database">Database.</param>
    /// <param name="user">Login; every login but one is trusted.</param>
    public string Connection(string database, string user = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Database = database,
        Username = user,
        Pooling = true,
        MaxPoolSize = 50,
        ConnectionIdleLifetime = 5,
        ConnectionPruningInterval = 5,
    }.ToString();

    /// <summary>Makes an empty database and gives the superuser's connection string.</summary>
    /// <param name="owner">Who owns it; a login that exists.</param>
    /// <param name="template">A database to copy; nobody may be connected to it.</param>
    public async Task<string> CreateDatabaseAsync(string owner = "postgres", string template = "template1")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref s_databases)}_{Guid.NewGuid().ToString("N")[..6]}");
        await ExecuteAsync(Connection("postgres"), $"CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}");
        return Connection(name);
    }

    /// <summary>Runs statements.</summary>
    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs one of the server's programs (psql, pgbench) and gives what it wrote; throws with its errors when it fails.</summary>
    public static Task<string> RunToolAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        RunAsync(Path.Combine(Binaries, tool), arguments, cancellationToken);

    /// <summary>Kills the server as a power cut would, and starts it again on the same files.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken = default)
    {
        await ServerAsync("pg_ctl", ["-D", Data, "-w", "-m", "immediate", "stop"], cancellationToken);
        await ServerAsync("pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "server.log"), "start"], cancellationToken);
    }

    /// <summary>Starts the server again after it ended by itself; nothing where it runs.</summary>
    public async Task EnsureRunningAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await ServerAsync("pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "server.log"), "start"], cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // "another server might be running": then it is.
            await ServerAsync("pg_ctl", ["-D", Data, "status"], cancellationToken);
        }
    }

    /// <summary>Kills the server as a power cut would, and leaves it so.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) =>
        ServerAsync("pg_ctl", ["-D", Data, "-w", "-m", "immediate", "stop"], cancellationToken);

    /// <summary>Makes a streaming standby of this server, and waits until it answers; it takes no writes until it is promoted.</summary>
    public async Task<PostgresCluster> StandbyAsync(CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-pg-").FullName;
        if (_asRoot)
        {
            await RunAsync("chown", ["postgres", folder], cancellationToken);
        }

        var standby = new PostgresCluster(folder, FreePort(), _asRoot);
        await standby.ServerAsync(
            "pg_basebackup",
            ["-D", standby.Data, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"],
            cancellationToken);
        await File.AppendAllTextAsync(Path.Combine(standby.Data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture, $"port = {standby.Port}\n"), cancellationToken);
        await standby.ServerAsync("pg_ctl", ["-D", standby.Data, "-w", "-t", "60", "-l", Path.Combine(folder, "server.log"), "start"], cancellationToken);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => standby.StopNow();
        return standby;
    }

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync(CancellationToken cancellationToken = default) => ServerAsync("pg_ctl", ["-D", Data, "-w", "-t", "60", "promote"], cancellationToken);

    /// <summary>Waits until its standby has all that is committed here now.</summary>
    public async Task ReplicatedAsync(CancellationToken cancellationToken = default)
    {
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var here = source.CreateCommand("SELECT pg_current_wal_lsn()::text");
        var position = (string)(await here.ExecuteScalarAsync(cancellationToken))!;
        while (true)
        {
            await using var there = source.CreateCommand("SELECT coalesce(bool_or(replay_lsn >= $1::text::pg_lsn), false) FROM pg_stat_replication");
            there.Parameters.AddWithValue(position);
            if (await there.ExecuteScalarAsync(cancellationToken) is true)
            {
                return;
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Stops the server in order.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        ServerAsync("pg_ctl", ["-D", Data, "-w", "-m", "fast", "stop"], cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        StopNow();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Data => Path.Combine(_folder, "data");

    private void StopNow()
    {
        try
        {
            using var stop = Process.Start(Start("pg_ctl", ["-D", Data, "-m", "immediate", "stop"]));
            stop?.WaitForExit(10_000);
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            // The process is ending; a folder in the temporary directory is all that is left.
        }
    }

    private ProcessStartInfo Start(string tool, IReadOnlyList<string> arguments) => _asRoot
        ? Info("runuser", ["-u", "postgres", "--", Path.Combine(Binaries, tool), .. arguments])
        : Info(Path.Combine(Binaries, tool), arguments);

    private Task<string> ServerAsync(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = Start(tool, arguments);
        return RunAsync(start.FileName, [.. start.ArgumentList], cancellationToken, keepsOutput: tool != "pg_ctl");
    }

    private static ProcessStartInfo Info(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // pg_ctl start hands its output on to the server, which keeps it open: reading to the end would wait for ever.
    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken, bool keepsOutput = true)
    {
        var start = Info(program, arguments);
        start.RedirectStandardOutput = keepsOutput;
        start.RedirectStandardError = keepsOutput;
        if (!keepsOutput)
        {
            start = Info("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = keepsOutput ? process.StandardOutput.ReadToEndAsync(cancellationToken) : Task.FromResult("");
        var errors = keepsOutput ? process.StandardError.ReadToEndAsync(cancellationToken) : Task.FromResult("");
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {await errors}{await output}");
    }

    private static string FindBinaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(static d => Path.Combine(d, "bin")).Where(static d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault() ?? ""
            : "";
}
