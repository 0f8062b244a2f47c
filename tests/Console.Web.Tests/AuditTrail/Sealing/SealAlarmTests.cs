using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Web.AuditTrail.Sealing;

namespace OpsConsole.Web.Tests.AuditTrail.Sealing;

public sealed class SealAlarmTests : ConsoleContext
{
    private readonly SealHealth _health = new();

    public SealAlarmTests() => Services.AddSingleton<IAuditHealth>(_health);

    [Theory]
    [InlineData(Role.Compliance, true)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Viewer, false)]
    public void Alarm_OfAStall_IsShownToThoseWhoAnswerForTheTrail(Role role, bool shown)
    {
        SignIn(role);
        var alarm = Render<SealAlarm>();
        Assert.Empty(alarm.FindAll("[role=alert]"));

        _health.Report("2.stall", "Sealing is behind: 4 events wait.");

        alarm.WaitForAssertion(() => Assert.Equal(shown, alarm.FindAll("[role=alert]").Count == 1));
        if (shown)
        {
            Assert.Contains("Sealing is behind: 4 events wait.", alarm.Markup, StringComparison.Ordinal);
        }

        _health.Report("2.stall", null);
        alarm.WaitForAssertion(() => Assert.Empty(alarm.FindAll("[role=alert]")));
    }

    [Fact]
    public void Alarm_OfWhatIsNone_IsQuiet()
    {
        SignIn(Role.Compliance);
        _health.Report("3.sealer", "Another console seals this audit trail.");
        _health.Report("1.fork", "A witness has another history.");

        var alarm = Render<SealAlarm>();

        Assert.Contains("A witness has another history.", alarm.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Another console", alarm.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Strip_SaysBacklogAndCheckpoint()
    {
        _health.Update(h => h with { TreeSize = 12_404, Unsealed = 3, OldestUnsealed = Time.GetUtcNow() - TimeSpan.FromSeconds(5), CheckpointSize = 12_400, CheckpointAt = Time.GetUtcNow() });

        var strip = Render<SealStrip>();

        Assert.Contains("12,404 leaves sealed", strip.Markup, StringComparison.Ordinal);
        Assert.Contains("3 events wait, the oldest for 5 s", strip.Markup, StringComparison.Ordinal);
        Assert.Contains("checkpoint of 12,400 signed just now", strip.Markup, StringComparison.Ordinal);
    }
}
