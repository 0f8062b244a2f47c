using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Browsing;

public sealed class EventSentenceTests
{
    [Theory]
    [InlineData("invoice.approve", AuditOutcome.Success, null, "Maria Lind did invoice.approve on invoice 4711.")]
    [InlineData("invoice.approve", AuditOutcome.Denied, "Over the limit.", "Maria Lind was denied invoice.approve on invoice 4711: Over the limit.")]
    [InlineData("invoice.approve", AuditOutcome.Failure, null, "Maria Lind tried invoice.approve on invoice 4711 and failed.")]
    [InlineData("invoice.approve", AuditOutcome.Unknown, null, "Maria Lind: invoice.approve on invoice 4711. Its outcome is not known.")]
    [InlineData(AuditActions.ChangeIntent, AuditOutcome.Unknown, null, "Maria Lind set out to change invoice 4711. How it ended is not in this event.")]
    [InlineData(AuditActions.AuditView, AuditOutcome.Success, null, "Maria Lind viewed invoice 4711.")]
    public void Of_AnEvent_ReadsAsASentence(string action, AuditOutcome outcome, string? reason, string sentence) =>
        Assert.Equal(sentence, EventSentence.Of(AnEvent.Of("e", action, outcome: outcome, reason: reason)));

    [Fact]
    public void Of_AnEventWithoutResource_LeavesItOut()
    {
        var e = AnEvent.Of("e", AuditActions.SignIn, resource: null);

        Assert.Equal("Maria Lind signed in.", EventSentence.Of(e));
        Assert.Equal("sam@x on behalf of lena@x signed in.", EventSentence.Of(e with { Actor = new AuditActor { Type = AuditActorType.User, Id = "sam@x", OnBehalfOf = "lena@x" } }));
    }
}
