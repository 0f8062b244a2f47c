using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;
using OpsConsole.Testing;
using OpsConsole.Testing.Access;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.Access;

public sealed class RoleDeskTests
{
    private static readonly Actor Ada = new("ada@acme.example", "Ada", [Role.Admin]);
    private static readonly Actor Sam = new("sam@acme.example", "Sam", [Role.Sre, Role.Compliance, Role.Viewer, Role.Approver]);
    private readonly AuditTrailInMemory _trail = new();
    private readonly ManualTime _time = new();
    private readonly RoleBook _book;
    private readonly RoleDesk _desk;

    public RoleDeskTests()
    {
        var store = new RolesInMemory(_trail);
        var rules = new RoleRules(
            [Settings(Role.Sre, "@acme.example;project=acme-prod"), Settings(Role.Compliance, "group:auditors;workspace=billing")],
            new Dictionary<string, IReadOnlyList<Assignee>>(StringComparer.Ordinal) { ["auditors"] = [new Assignee(AssigneeKind.Email, "clara@audit.example"), new Assignee(AssigneeKind.Domain, "big4.example")] });
        _book = new RoleBook(rules, store, new ConsoleNews(), _time, NullLogger<RoleBook>.Instance);
        _desk = new RoleDesk(_book, store, _trail, new ActEvents(_time), _time);
    }

    [Fact]
    public void GrantsOf_SettingsByDomainAndGroup_HoldInTheirScope()
    {
        var sam = Standing("sam@acme.example");
        Assert.True(sam.MayIn(Permission.ChangeServices, "acme-prod"));
        Assert.False(sam.MayIn(Permission.ChangeServices, "acme-test"));
        Assert.False(Standing("sam@evil-acme.example").May(Permission.ViewServices));
        Assert.False(Standing("sam@acme.example.evil.example").May(Permission.ViewServices));

        foreach (var auditor in new[] { "clara@audit.example", "anybody@big4.example" })
        {
            Assert.True(Standing(auditor).MayRead(Permission.BrowseAudit, "billing"));
            Assert.False(Standing(auditor).MayRead(Permission.BrowseAudit, "opsconsole"));
            Assert.False(Standing(auditor).MayIn(Permission.ViewServices, "acme-prod"));
        }
    }

    [Fact]
    public async Task Assign_ByAdmin_HoldsAtOnceAndIsAnEvent()
    {
        var standing = Standing("zoe@other.example");
        Assert.False(standing.May(Permission.ViewServices));

        Assert.Null(await _desk.AssignAsync(Ada, new RoleRequest(Role.Viewer, " Zoe@other.example ", new AccessScope(["acme-prod"], [])), CancellationToken.None));

        Assert.True(standing.MayIn(Permission.ViewServices, "acme-prod"));
        Assert.False(standing.MayIn(Permission.ViewServices, "acme-test"));
        var record = Assert.Single(_trail.Events);
        Assert.Equal((AuditActions.RoleAssign, AuditOutcome.Success, "ada@acme.example"), (record.Action, record.Outcome, record.Actor.Id));
        Assert.Equal("zoe@other.example", record.Details!.Value.GetProperty("to").GetString());

        Assert.Null(await _desk.WithdrawAsync(Ada, _book.Stored[0].Id!.Value, CancellationToken.None));
        Assert.False(standing.May(Permission.ViewServices));
        Assert.Equal(AuditActions.RoleWithdraw, _trail.Events[1].Action);
    }

    [Fact]
    public async Task Assign_BySomebodyElse_IsDeniedAndRecorded()
    {
        Assert.IsType<RoleError.NotAllowed>(await _desk.AssignAsync(Sam, new RoleRequest(Role.Viewer, "zoe@other.example", AccessScope.Everything), CancellationToken.None));
        Assert.IsType<RoleError.NotAllowed>(await _desk.WithdrawAsync(Sam, Guid.NewGuid(), CancellationToken.None));

        Assert.Equal([AuditOutcome.Denied, AuditOutcome.Denied], _trail.Events.Select(static e => e.Outcome));
    }

    [Theory]
    [InlineData(Role.Sre, "ada@acme.example")]
    [InlineData(Role.Viewer, "@acme.example")]
    public async Task Assign_ToOneself_NeedsAnotherAdministrator(Role role, string who) =>
        Assert.IsType<RoleError.OwnRole>(await _desk.AssignAsync(Ada, new RoleRequest(role, who, AccessScope.Everything), CancellationToken.None));

    [Fact]
    public async Task Assign_AdministratorWhoActs_IsRefused()
    {
        Assert.IsType<RoleError.Conflict>(await _desk.AssignAsync(Ada, new RoleRequest(Role.Admin, "clara@audit.example", AccessScope.Everything), CancellationToken.None));
        Assert.Null(await _desk.AssignAsync(Ada, new RoleRequest(Role.Admin, "ann@other.example", AccessScope.Everything), CancellationToken.None));
        Assert.IsType<RoleError.Conflict>(await _desk.AssignAsync(Ada, new RoleRequest(Role.Sre, "ann@other.example", AccessScope.Everything), CancellationToken.None));
        Assert.IsType<RoleError.AdminIsPersonal>(await _desk.AssignAsync(Ada, new RoleRequest(Role.Admin, "@other.example", AccessScope.Everything), CancellationToken.None));
        Assert.IsType<RoleError.AdminIsPersonal>(await _desk.AssignAsync(Ada, new RoleRequest(Role.Admin, "bob@other.example", new AccessScope(["p"], [])), CancellationToken.None));
    }

    [Theory]
    [InlineData("nobody", typeof(RoleError.BadAssignee))]
    [InlineData("a b@acme.example", typeof(RoleError.BadAssignee))]
    [InlineData("group:absent", typeof(RoleError.NoSuchGroup))]
    public async Task Assign_BadName_IsRefused(string who, Type error) =>
        Assert.IsType(error, await _desk.AssignAsync(Ada, new RoleRequest(Role.Viewer, who, AccessScope.Everything), CancellationToken.None));

    [Fact]
    public async Task Assign_TrailDead_ChangesNothing()
    {
        _trail.Dead = "The database is away.";

        Assert.IsType<RoleError.NotRecorded>(await _desk.AssignAsync(Ada, new RoleRequest(Role.Viewer, "zoe@other.example", AccessScope.Everything), CancellationToken.None));

        Assert.Empty(_book.Stored);
        Assert.False(Standing("zoe@other.example").May(Permission.ViewServices));
    }

    [Fact]
    public async Task Standing_SessionOver_HoldsNothing()
    {
        var sessions = NewSessions();
        var ends = _time.GetUtcNow().AddMinutes(5);
        var actor = new Actor("sam@acme.example", "Sam", [Role.Sre]) { Standing = new LiveStanding(Person.Of("sam@acme.example"), [Role.Sre], "s1", ends, _book, sessions, _time) };
        var twin = actor with { Standing = new LiveStanding(Person.Of("sam@acme.example"), [Role.Sre], "s2", ends, _book, sessions, _time) };
        Assert.True(actor.May(Permission.ChangeServices));

        await sessions.EndAsync("s1", ends);
        Assert.False(actor.May(Permission.ChangeServices));
        Assert.True(twin.May(Permission.ChangeServices));

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(twin.May(Permission.ChangeServices));
        Assert.Equal("Your session has ended.", twin.Standing!.WhyOver);
    }

    [Fact]
    public void Admin_WithAnyOtherRole_NeitherChangesNorApprovesNorErases()
    {
        var both = new Actor("a", "A", [Role.Admin, Role.Sre, Role.Approver, Role.Compliance]);

        Assert.All(new[] { Permission.ChangeServices, Permission.ApproveChanges, Permission.EraseAudit }, p => Assert.False(both.May(p)));
        Assert.True(both.May(Permission.ManageRoles));
        Assert.True(both.May(Permission.BrowseAudit));
    }

    [Theory]
    [InlineData("ann@acme.example", true)]
    [InlineData("ann@acme.example;project=p;project=q;workspace=w", true)]
    [InlineData("@acme.example", true)]
    [InlineData("group:on-call", true)]
    [InlineData("", false)]
    [InlineData("ann", false)]
    [InlineData("@", false)]
    [InlineData("group:", false)]
    [InlineData("ann@acme.example;", false)]
    [InlineData("ann@acme.example;project=", false)]
    [InlineData("ann@acme.example;region=x", false)]
    public void RoleAssignment_TextForm_IsReadStrictly(string text, bool good) => Assert.Equal(good, RoleAssignment.TryParse(Role.Sre, text, out _));

    private Actor Standing(string email) => new(email, email, [])
    {
        Standing = new LiveStanding(Person.Of(email), [], "session", _time.GetUtcNow().AddHours(1), _book, NewSessions(), _time),
    };

    private Sessions NewSessions() => new(new SessionsInMemory(), new ConsoleNews(), _time, NullLogger<Sessions>.Instance);

    private static RoleAssignment Settings(Role role, string text) => RoleAssignment.TryParse(role, text, out var read) ? read : throw new ArgumentException(text, nameof(text));
}
