using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary><c>audit token</c> without a server: makes the database where there is none, and each act is an event.</summary>
public sealed class TokenCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-token-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task Create_List_Revoke_AreDone_AndRecorded()
    {
        Assert.Equal(0, await MakeAsync("billing", "acme-prod"));
        Assert.Equal(TokenCommand.Refused, await MakeAsync("billing", "acme-prod"));
        Assert.Equal(0, await MakeAsync("monitor", "", ApiScope.ReadLog));
        var secrets = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync((tokens, actor) => TokenCommand.RevokeAsync(tokens, actor, "billing", TimeProvider.System, _errors, CancellationToken.None)));
        Assert.Equal(TokenCommand.Refused, await RunAsync((tokens, actor) => TokenCommand.RevokeAsync(tokens, actor, "billing", TimeProvider.System, _errors, CancellationToken.None)));
        Assert.Equal(0, await RunAsync((tokens, _) => TokenCommand.ListAsync(tokens, TimeProvider.System, _output, CancellationToken.None)));

        Assert.Equal(2, secrets.Length);
        Assert.All(secrets, static s => Assert.True(ApiTokenSecret.HasForm(s.Trim())));
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\tmonitor\tread\t\tin use\t", lines[0], StringComparison.Ordinal);
        Assert.Contains("\tbilling\tappend\tacme-prod\trevoked\t", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(ApiTokenSecret.Prefix, _output.ToString() + _errors, StringComparison.Ordinal);
        Assert.Equal(
            [$"{AuditActions.TokenCreate} success", $"{AuditActions.TokenCreate} success", $"{AuditActions.TokenRevoke} success"],
            RecordedEvents.In(DataFolder.DatabaseIn(_folder.FullName)));
    }

    [Theory]
    [InlineData("two words", "acme-prod", "Name the source")]
    [InlineData("ok", "opsconsole", "not given away")]
    [InlineData("ok", "*", "not given away")]
    [InlineData("ok", "a*b", "not given away")]
    [InlineData("ok", "", "not given away")]
    public async Task Create_WhatDoesNotDo_IsRefusedWithASentence(string name, string workspace, string sentence)
    {
        Assert.Equal(TokenCommand.Refused, await MakeAsync(name, workspace));
        Assert.Contains(sentence, _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("audit token create --name x --workspace y --scope everything")]
    [InlineData("audit token create --workspace y")]
    [InlineData("audit token revoke")]
    public void Parse_OfNonsense_IsAMistake(string line) => Assert.NotEmpty(CommandLine.Create().Parse(line).Errors);

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private Task<int> MakeAsync(string name, string workspace, ApiScope scope = ApiScope.AppendEvents) => RunAsync((tokens, actor) =>
        TokenCommand.MakeAsync(tokens, actor, new ApiTokenRequest(name, workspace, scope, 30), _output, _errors, CancellationToken.None));

    private Task<int> RunAsync(Func<ApiTokens, Core.Access.Actor, Task<int>> act) =>
        TokenCommand.RunAsync(new CommandLineSettings { Data = _folder.FullName }, act, _errors, CancellationToken.None);
}
