using System.CommandLine;
using System.Globalization;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>
/// <c>audit token</c>: makes, lists and revokes tokens of the HTTP API, beside a running console or without one. Whoever may open its database may
/// do this; each act is an event, as on the page. A running console knows of it within five seconds.
/// </summary>
internal static class TokenCommand
{
    /// <summary>Exit code of an act that was refused.</summary>
    public const int Refused = 1;

    /// <summary>The verb with its own verbs.</summary>
    public static Command Create(SharedOptions shared) => new("token", "Tokens of the HTTP API: make, list, revoke.")
    {
        CreateMake(shared), CreateList(shared), CreateRevoke(shared),
    };

    private static Command CreateMake(SharedOptions shared)
    {
        var name = new Option<string>("--name") { Description = "Name of the source that uses it; stands in every event that it brings.", HelpName = "NAME", Required = true };
        var workspace = new Option<string>("--workspace") { Description = "The only workspace whose events it may send.", HelpName = "WORKSPACE", DefaultValueFactory = static _ => "" };
        var scope = new Option<string>("--scope")
        {
            Description = "append: send events to POST /api/v1/audit/events. read: read the log below /tlog/. Default: append.",
            DefaultValueFactory = static _ => "append",
        };
        scope.AcceptOnlyFromAmong("append", "read");
        var days = new Option<int>("--days") { Description = "Days until it expires, 1 to 730. Default: 365.", HelpName = "N", DefaultValueFactory = static _ => 365 };
        var command = new Command("create", "Make a token. Prints the secret, this once, and nothing else on standard output.") { name, workspace, scope, days };
        command.SetAction((parse, cancellationToken) =>
        {
            var request = new ApiTokenRequest(
                parse.GetValue(name)!, parse.GetValue(workspace)!, parse.GetValue(scope) == "read" ? ApiScope.ReadLog : ApiScope.AppendEvents, parse.GetValue(days));
            return RunAsync(shared.Read(parse), (tokens, actor) => MakeAsync(tokens, actor, request, Console.Out, Console.Error, cancellationToken), Console.Error, cancellationToken);
        });
        return command;
    }

    private static Command CreateList(SharedOptions shared)
    {
        var command = new Command("list", "List tokens, one a line, with tabs: id, name, scope, workspace, state, expiry, last use.");
        command.SetAction((parse, cancellationToken) =>
            RunAsync(shared.Read(parse), (tokens, _) => ListAsync(tokens, TimeProvider.System, Console.Out, cancellationToken), Console.Error, cancellationToken));
        return command;
    }

    private static Command CreateRevoke(SharedOptions shared)
    {
        var which = new Argument<string>("token") { Description = "Id of the token, or the name of the one in use." };
        var command = new Command("revoke", "Revoke a token, for ever.") { which };
        command.SetAction((parse, cancellationToken) => RunAsync(
            shared.Read(parse), (tokens, actor) => RevokeAsync(tokens, actor, parse.GetValue(which)!, TimeProvider.System, Console.Error, cancellationToken), Console.Error, cancellationToken));
        return command;
    }

    /// <summary>Opens the database and acts; apart from <see cref="Create"/> so that tests can look at what is printed.</summary>
    internal static async Task<int> RunAsync(CommandLineSettings commandLine, Func<ApiTokens, Actor, Task<int>> act, TextWriter errors, CancellationToken cancellationToken)
    {
        var loaded = SettingsLoader.Load(commandLine);
        if (loaded.Failures.Count > 0)
        {
            await errors.WriteLineAsync(SettingsLoader.Explain(loaded.Failures));
            return ServeCommand.BadSettings;
        }

        try
        {
            // Not through DataFolder.Open: its lock is the server's, and this works beside one.
            Directory.CreateDirectory(loaded.Settings.Data);
            await using var database = ConsoleDatabase.For(loaded.Settings.Database.Connection, DataFolder.DatabaseIn(loaded.Settings.Data));
            await database.MigrateAsync(cancellationToken);
            var time = TimeProvider.System;
            var trail = new Core.AuditTrail.AuditTrail(new AuditStore(database, time, new SealSignals()));
            var tokens = new ApiTokens(new ApiTokenStore(database, new RecordedWrites(database, time)), trail, new ActEvents(time), new ConsoleNews(), time);
            var actor = new Actor(Environment.UserName, Environment.UserName, [Role.Admin]) { Origin = new ActorOrigin(null, null, "opsconsole audit token") };
            return await act(tokens, actor);
        }
        catch (Exception e) when (e is DatabaseException or AuditUnavailableException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"audit token: {e.Message}");
            return ServeCommand.BadSettings;
        }
    }

    /// <summary>Makes a token.</summary>
    internal static async Task<int> MakeAsync(ApiTokens tokens, Actor actor, ApiTokenRequest request, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var made = await tokens.MakeAsync(actor, request, cancellationToken);
        if (made.Secret is not { } secret)
        {
            await errors.WriteLineAsync($"audit token: {made.Error!.Message}");
            return Refused;
        }

        await output.WriteLineAsync(secret);
        await errors.WriteLineAsync(request.Scope == ApiScope.ReadLog
            ? $"{request.Name} may read the log below /tlog/ for {Number(request.Days)} days."
            : $"{request.Name} may send events of {request.Workspace} for {Number(request.Days)} days.");
        return 0;
    }

    /// <summary>Lists tokens.</summary>
    internal static async Task<int> ListAsync(ApiTokens tokens, TimeProvider time, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var token in await tokens.ListAsync(cancellationToken))
        {
            var state = token.RevokedAt is not null ? "revoked" : token.IsGoodAt(time.GetUtcNow()) ? "in use" : "expired";
            await output.WriteLineAsync(string.Join('\t', token.Id, token.Name, token.Scope == ApiScope.ReadLog ? "read" : "append", token.Workspace, state, Time(token.ExpiresAt), Time(token.LastUsedAt)));
        }

        return 0;
    }

    /// <summary>Revokes a token.</summary>
    internal static async Task<int> RevokeAsync(ApiTokens tokens, Actor actor, string which, TimeProvider time, TextWriter errors, CancellationToken cancellationToken)
    {
        var all = await tokens.ListAsync(cancellationToken);
        var token = all.FirstOrDefault(t => string.Equals(t.Id.ToString(), which, StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(t => string.Equals(t.Name, which, StringComparison.Ordinal) && t.IsGoodAt(time.GetUtcNow()));
        var done = token is null ? new ApiTokenResult(null, new ApiTokenError.NotThere()) : await tokens.RevokeAsync(actor, token.Id, cancellationToken);
        await errors.WriteLineAsync(done.IsOk ? $"{token!.Name} is revoked; a running console refuses it within 5 seconds." : $"audit token: {done.Error!.Message}");
        return done.IsOk ? 0 : Refused;
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "never";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
