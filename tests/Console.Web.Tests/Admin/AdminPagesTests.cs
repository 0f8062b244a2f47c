using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.Consoles;
using OpsConsole.Testing.Access;
using OpsConsole.Web.Admin;

namespace OpsConsole.Web.Tests.Admin;

public sealed class AdminPagesTests : ConsoleContext
{
    private readonly RoleBook _book;

    public AdminPagesTests()
    {
        SignIn(Role.Admin);
        Assert.True(RoleAssignment.TryParse(Role.Viewer, "@acme.example;project=acme-prod", out var assigned));
        var store = new RolesInMemory(Trail);
        _book = new RoleBook(new RoleRules([assigned], RoleRules.None.Groups), store, new ConsoleNews(), Time, NullLogger<RoleBook>.Instance);
        Services.AddSingleton(_book);
        Services.AddSingleton(new RoleDesk(_book, store, Trail, new ActEvents(Time), Time));
        Services.AddSingleton<IApiTokenStore>(new TokensInMemory(Trail));
        Services.AddSingleton<ConsoleNews>();
        Services.AddSingleton<ApiTokens>();
    }

    [Fact]
    public void Roles_OfTheSettings_AreListedAndNotWithdrawnHere()
    {
        var page = RenderRead<RolesPage>();

        var row = page.Find(".data-table tbody tr");
        Assert.Contains("@acme.example", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("viewer", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("project acme-prod", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("change it there", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_GivenAndWithdrawn_AreAskedTwice()
    {
        var form = Render<RoleForm>();
        await form.Find("input[required]").ChangeAsync(new() { Value = "zoe@other.example" });
        await form.Find("select").ChangeAsync(new() { Value = nameof(Role.Sre) });
        await form.Find("form").SubmitAsync();
        Assert.Equal(Role.Sre, Assert.Single(_book.Stored).Role);

        var page = RenderRead<RolesPage>();
        await page.Find("button[aria-label='Withdraw SRE from zoe@other.example']").ClickAsync(new());
        Assert.Single(_book.Stored);
        await page.FindAll("button").Single(static b => b.TextContent == "Withdraw from zoe@other.example").ClickAsync(new());

        Assert.Empty(_book.Stored);
        Assert.Equal([AuditActions.RoleAssign, AuditActions.RoleWithdraw], Trail.Events.Select(static e => e.Action));
    }

    [Fact]
    public async Task Roles_Refused_SayWhy()
    {
        var form = Render<RoleForm>();
        await form.Find("input[required]").ChangeAsync(new() { Value = "sam@acme.example" });
        await form.Find("form").SubmitAsync();

        Assert.Contains("your own roles", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_Made_IsShownOnceAndRevokedAfterAsking()
    {
        var made = (Name: "", Secret: "");
        var form = Render<TokenForm>(p => p.Add(static f => f.OnMade, m => made = m));
        await form.FindAll("input")[0].ChangeAsync(new() { Value = "billing-outbox" });
        await form.FindAll("input")[1].ChangeAsync(new() { Value = "billing" });
        await form.Find("form").SubmitAsync();
        Assert.StartsWith(ApiTokenSecret.Prefix, made.Secret, StringComparison.Ordinal);

        var page = RenderRead<TokensPage>();
        Assert.DoesNotContain(made.Secret, page.Markup, StringComparison.Ordinal);
        Assert.Contains("in use", page.Find(".data-table tbody tr").TextContent, StringComparison.Ordinal);
        await page.Find("button[aria-label='Revoke billing-outbox']").ClickAsync(new());
        await page.FindAll("button").Single(static b => b.TextContent == "Revoke billing-outbox for ever").ClickAsync(new());

        Assert.Contains("revoked", page.Find(".data-table tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_Filtered_ListsTheKeysThatMatch()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/settings?q=iap%3Aaud");

        var page = RenderRead<SettingsPage>();

        Assert.Equal("Identity:Iap:Audiences", Assert.Single(page.FindAll(".data-table tbody th")).TextContent.Trim());
    }

    [Theory]
    [InlineData("?q=role%3Asre&sort=-since&new=1", "role:sre", "-since", true)]
    [InlineData("?sort=nonsense&new=yes", "", "role", false)]
    [InlineData("", "", "role", false)]
    public void State_Address_ParsesAndPrints(string query, string filter, string sort, bool adding)
    {
        var state = AdminListState.Parse(query, RoleFields.Usual, RoleFields.SortKeys);

        Assert.Equal((filter, sort, adding), (state.Filter, state.Sort.ToString(), state.Adding));
        Assert.Equal(state, AdminListState.Parse(new Uri("http://x" + state.ToUrl("/admin/roles", RoleFields.Usual)).Query, RoleFields.Usual, RoleFields.SortKeys));
    }

    private sealed class TokensInMemory(IAuditTrail trail) : IApiTokenStore
    {
        private readonly List<ApiToken> _tokens = [];

        public Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ApiToken>>([.. _tokens]);

        public async Task AddAsync(ApiToken token, AuditEvent record, CancellationToken cancellationToken)
        {
            await trail.RecordAsync(record, cancellationToken);
            _tokens.Add(token);
        }

        public async Task<bool> RevokeAsync(Guid id, string by, DateTimeOffset at, AuditEvent record, CancellationToken cancellationToken)
        {
            await trail.RecordAsync(record, cancellationToken);
            var index = _tokens.FindIndex(t => t.Id == id);
            _tokens[index] = _tokens[index] with { RevokedAt = at, RevokedBy = by };
            return true;
        }

        public Task UsedAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
