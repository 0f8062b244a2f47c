using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

/// <summary>
/// Every handler of Core that acts for somebody (a public method that takes an <see cref="Actor"/>), with the permission that it asks for. Each is
/// called as nobody and as each role: whoever lacks the permission is told so in the same way as one without any role, and leaves no success on the
/// record. A handler that is not in the table fails the test.
/// </summary>
public sealed class ActTableTests
{
    private static readonly Dictionary<string, Permission> Expected = new(StringComparer.Ordinal)
    {
        ["Acceptances.AcceptAsync"] = Permission.AcceptFindings,
        ["Acceptances.WithdrawAsync"] = Permission.AcceptFindings,
        ["AnalysisCatalog.AllFor"] = Permission.ViewBackgroundActivity,
        ["AnalysisCatalog.FindFor"] = Permission.ViewBackgroundActivity,
        ["ApprovalDesk.ApproveAsync"] = Permission.ApproveChanges,
        ["ApprovalDesk.AskAsync"] = Permission.ChangeServices,
        ["ApprovalDesk.RejectAsync"] = Permission.ApproveChanges,
        ["BulkRunner.CancelAsync"] = Permission.ChangeServices,
        ["BulkRunner.StartAsync"] = Permission.ChangeServices,
        ["ApiTokens.MakeAsync"] = Permission.ManageTokens,
        ["ApiTokens.RevokeAsync"] = Permission.ManageTokens,
        ["ChangeGate.ApplyAsync"] = Permission.ChangeServices,
        ["ChangeRunner.StartAsync"] = Permission.ChangeServices,
        ["CompletenessChecks.RunAsync"] = Permission.VerifyAudit,
        ["CompletenessRuleBook.SetAsync"] = Permission.VerifyAudit,
        ["ConnectionBudgets.SetAsync"] = Permission.ChangeServices,
        ["EventBrowser.BeginFileAsync"] = Permission.ExportAudit,
        ["EventBrowser.CountAsync"] = Permission.BrowseAudit,
        ["EventBrowser.FacetsAsync"] = Permission.BrowseAudit,
        ["EventBrowser.FindAsync"] = Permission.BrowseAudit,
        ["EventBrowser.ProofAsync"] = Permission.BrowseAudit,
        ["EventBrowser.SearchAsync"] = Permission.BrowseAudit,
        ["EvidenceDesk.Cancel"] = Permission.ExportAudit,
        ["EvidenceDesk.OpenAsync"] = Permission.ExportAudit,
        ["EvidenceDesk.StartAsync"] = Permission.ExportAudit,
        ["LogActs.DownloadAsync"] = Permission.ExportEvidence,
        ["LogActs.RemoveAsync"] = Permission.AnalyseLogs,
        ["LogActs.ResumeAsync"] = Permission.AnalyseLogs,
        ["LogActs.UploadAsync"] = Permission.AnalyseLogs,
        ["LogActs.WindowAsync"] = Permission.AnalyseLogs,
        ["RetentionDesk.ActorsAsync"] = Permission.EraseAudit,
        ["RetentionDesk.AskEraseActorAsync"] = Permission.EraseAudit,
        ["RetentionDesk.AskEraseEventAsync"] = Permission.EraseAudit,
        ["RetentionDesk.AskPruneAsync"] = Permission.EraseAudit,
        ["RetentionDesk.AskReleaseAsync"] = Permission.EraseAudit,
        ["RetentionDesk.DecideAsync"] = Permission.EraseAudit,
        ["RetentionDesk.ListAsync"] = Permission.EraseAudit,
        ["RetentionDesk.SetHoldAsync"] = Permission.EraseAudit,
        ["RoleDesk.AssignAsync"] = Permission.ManageRoles,
        ["RoleDesk.WithdrawAsync"] = Permission.ManageRoles,
        ["SavedViews.AddAsync"] = Permission.BrowseAudit,
        ["SavedViews.ListAsync"] = Permission.BrowseAudit,
        ["SavedViews.RemoveAsync"] = Permission.BrowseAudit,
        ["Statements.ListAsync"] = Permission.VerifyAudit,
        ["Statements.MakeAsync"] = Permission.VerifyAudit,
        ["TrafficMover.PauseAsync"] = Permission.ChangeServices,
        ["TrafficMover.ResumeAsync"] = Permission.ChangeServices,
        ["TrafficMover.StopAsync"] = Permission.ChangeServices,
        ["Verifications.Cancel"] = Permission.VerifyAudit,
        ["Verifications.StartAsync"] = Permission.VerifyAudit,
    };

    // Not acts: how an act ended, after it was allowed; what only counts, or makes an event or a query; one's own request taken back, which needs no role;
    // and exports of the command line, whose user has opened the database already.
    private static readonly string[] NoActs =
    [
        "ActEvents.Of", "ActLimits.WhyNot", "ApprovalDesk.WithdrawAsync", "AuditQuery.LimitedTo", "EventBrowser.EndFileAsync", "LogActs.DownloadBrokeOffAsync",
        "RecordedExports.BeginAsync", "RecordedExports.EndAsync", "RecordedExports.RunAsync",
    ];

    [Fact]
    public void Handlers_All_AreInTheTable() =>
        Assert.Equal(
            Expected.Keys.Order(StringComparer.Ordinal),
            Handlers().Select(NameOf).Distinct(StringComparer.Ordinal).Except(NoActs, StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Handlers_All_AskForTheirPermission()
    {
        await using var console = await RunningConsole.StartAsync();
        var wrong = new List<string>();
        var seen = 0L;
        foreach (var handler in Handlers().Where(static h => !NoActs.Contains(NameOf(h), StringComparer.Ordinal)))
        {
            if (console.Services.GetService(handler.DeclaringType!) is not { } desk)
            {
                continue;
            }

            var denied = await OutcomeAsync(desk, handler, Somebody("nobody@acme.example"));
            foreach (var role in Enum.GetValues<Role>())
            {
                // A person of its own for each call: what an act that was allowed does later, in the background, is somebody else's.
                var person = $"{role}.{NameOf(handler)}@acme.example";
                var may = new[] { role }.Allows(Expected[NameOf(handler)]);
                var outcome = await OutcomeAsync(desk, handler, Somebody(person, role));
                var successes = RecordedEvents.SuccessesOf(console.Database, person);
                seen += successes;
                if (!may && (outcome != denied || successes > 0))
                {
                    wrong.Add($"{NameOf(handler)} let {role} in: {outcome}");
                }
                else if (may && outcome == denied && ToldApart(handler))
                {
                    wrong.Add($"{NameOf(handler)} denied {role}: {outcome}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(seen > 0, "No success of whoever may act was seen: those of others would not be seen either.");
    }

    [Fact]
    public async Task Change_RoleWithdrawnWhileThePageIsOpen_IsRefused()
    {
        var standing = new Standing(Role.Sre);
        var actor = new Actor("sam@acme.example", "Sam", [Role.Sre]) { Standing = standing };
        await using var console = await RunningConsole.StartAsync();
        var runner = console.Services.GetRequiredService<ChangeRunner>();
        var start = Handlers().First(static h => NameOf(h) == "ChangeRunner.StartAsync");
        standing.Take();

        var outcome = await OutcomeAsync(runner, start, actor);

        Assert.Contains("NotAllowed", outcome, StringComparison.Ordinal);
    }

    // Empty answers are the same for who may not see and where there is nothing to see, and what is asked about here does not exist.
    private static bool ToldApart(MethodInfo handler) =>
        NameOf(handler) is not ("ApprovalDesk.ApproveAsync" or "ApprovalDesk.RejectAsync" or "EvidenceDesk.Cancel" or "EvidenceDesk.OpenAsync" or "AnalysisCatalog.FindFor" or "EventBrowser.CountAsync" or "EventBrowser.FacetsAsync" or "Verifications.Cancel");

    private static IEnumerable<MethodInfo> Handlers() => typeof(Actor).Assembly.GetTypes()
        .Where(static t => t is { IsClass: true, IsPublic: true } && !t.IsDefined(typeof(CompilerGeneratedAttribute)))
        .SelectMany(static t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(static m => m.DeclaringType != typeof(Actor) && Array.Exists(m.GetParameters(), static p => p.ParameterType == typeof(Actor)) && m.DeclaringType!.GetMethod("<Clone>$") is null
            || NameOf(m) == "AuditQuery.LimitedTo");

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static Actor Somebody(string id, params Role[] roles) => new(id, "Sam", roles) { Standing = new Standing(roles) };

    // What came back, as text: a refusal of one kind prints the same for everybody.
    private static async Task<string> OutcomeAsync(object desk, MethodInfo handler, Actor actor)
    {
        try
        {
            var arguments = handler.GetParameters().Select(p => p.ParameterType == typeof(Actor) ? actor : Dummy(p.ParameterType, 0)).ToArray();
            var result = handler.Invoke(desk, arguments);
            if (result is Task task)
            {
                await task;
                result = task.GetType().GetProperty("Result")?.GetValue(task);
            }

            return result is System.Collections.ICollection { Count: var count } ? $"{count} items" : result?.ToString() ?? "nothing";
        }
        catch (Exception e)
        {
            var cause = (e as TargetInvocationException)?.InnerException ?? e;
            return $"{cause.GetType().Name}: {cause.Message}";
        }
    }

    // Something of a type, good enough to be looked at before the permission is: records are built through their constructors.
    private static object? Dummy(Type type, int depth)
    {
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        if (Nullable.GetUnderlyingType(type) is not null || depth > 6)
        {
            return null;
        }

        if (type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(IReadOnlyList<>) || open == typeof(IEnumerable<>) || open == typeof(IReadOnlyCollection<>))))
        {
            return Array.CreateInstance(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0], 0);
        }

        if (type.IsValueType)
        {
            return type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) : Activator.CreateInstance(type);
        }

        var real = type is { IsAbstract: true } or { IsInterface: true }
            ? type.Assembly.GetTypes().FirstOrDefault(t => t is { IsClass: true, IsAbstract: false, IsPublic: true } && type.IsAssignableFrom(t))
            : type;
        if (real is null || real.ContainsGenericParameters || typeof(Delegate).IsAssignableFrom(real))
        {
            return null;
        }

        try
        {
            var constructor = real.GetConstructors().OrderByDescending(static c => c.GetParameters().Length).FirstOrDefault(c => c.GetParameters() is not [{ } only] || only.ParameterType != real);
            var made = constructor is null
                ? RuntimeHelpers.GetUninitializedObject(real)
                : constructor.Invoke([.. constructor.GetParameters().Select(p => Dummy(p.ParameterType, depth + 1))]);
            foreach (var property in real.GetProperties().Where(static p => p.IsDefined(typeof(RequiredMemberAttribute)) && p.CanWrite))
            {
                property.SetValue(made, Dummy(property.PropertyType, depth + 1));
            }

            return made;
        }
        catch (TargetInvocationException)
        {
            return RuntimeHelpers.GetUninitializedObject(real);
        }
    }

    private sealed class Standing(params Role[] roles) : IStanding
    {
        private bool _taken;

        public IReadOnlyList<Grant> Grants => _taken ? [] : [.. roles.Select(static r => new Grant(r, AccessScope.Everything))];

        public string? WhyOver => null;

        public void Take() => _taken = true;
    }
}
