namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>An event in one sentence: who did what to what, and how it ended.</summary>
public static class EventSentence
{
    // What one does, and what one did. A resource may follow.
    private static readonly Dictionary<string, (string Do, string Did)> Acts = new(StringComparer.Ordinal)
    {
        [AuditActions.SignIn] = ("sign in", "signed in"),
        [AuditActions.SignOut] = ("sign out", "signed out"),
        [AuditActions.AccessDenied] = ("open", "opened"),
        [AuditActions.ChangeIntent] = ("change", "changed"),
        [AuditActions.ChangeOutcome] = ("change", "changed"),
        [AuditActions.ChangeReceipt] = ("measure what a change did to", "measured what a change did to"),
        [AuditActions.ApprovalRequest] = ("ask for approval of a change of", "asked for approval of a change of"),
        [AuditActions.ApprovalDecision] = ("decide on a change of", "decided on a change of"),
        [AuditActions.FindingAccept] = ("accept a finding about", "accepted a finding about"),
        [AuditActions.FindingWithdraw] = ("withdraw the acceptance of a finding about", "withdrew the acceptance of a finding about"),
        [AuditActions.LogsAnalyse] = ("have logs analysed:", "had logs analysed:"),
        [AuditActions.LogsView] = ("look at", "looked at"),
        [AuditActions.LogsRemove] = ("remove", "removed"),
        [AuditActions.EvidenceExport] = ("download classified log entries of", "downloaded classified log entries of"),
        [AuditActions.AuditSearch] = ("search", "searched"),
        [AuditActions.AuditView] = ("view", "viewed"),
        [AuditActions.LogRead] = ("read the sealed log of", "read the sealed log of"),
        [AuditActions.AuditVerify] = ("verify", "verified"),
        [AuditActions.AuditExport] = ("export", "exported"),
        [AuditActions.AuditCompleteness] = ("check the completeness of", "checked the completeness of"),
        [AuditActions.CompletenessRules] = ("set the completeness rules of", "set the completeness rules of"),
        [AuditActions.AuditStatement] = ("make a statement of the three books for", "made a statement of the three books for"),
        [AuditActions.SavedViewAdd] = ("save", "saved"),
        [AuditActions.SavedViewRemove] = ("remove", "removed"),
        [AuditActions.EraseRequest] = ("ask for erasure of", "asked for erasure of"),
        [AuditActions.EraseDecision] = ("decide on erasure of", "decided on erasure of"),
        [AuditActions.HoldSet] = ("set a legal hold on", "set a legal hold on"),
        [AuditActions.HoldRelease] = ("release a legal hold on", "released a legal hold on"),
        [AuditActions.Prune] = ("prune", "pruned"),
        [AuditActions.TokenCreate] = ("make", "made"),
        [AuditActions.TokenRevoke] = ("revoke", "revoked"),
        [AuditActions.SealerStart] = ("start sealing", "started sealing"),
        [AuditActions.SealerStop] = ("stop sealing", "stopped sealing"),
        [AuditActions.KeyRotate] = ("rotate the signing key", "rotated the signing key"),
    };

    // Kinds of resources in words; others are shown as they are called.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [EventBrowser.ListResource] = "the audit trail",
        [EventBrowser.EventResource] = "the event",
        ["audit.saved_view"] = "the saved view",
        ["audit.token"] = "the API token",
        ["audit.leaf"] = "the proof of leaf",
        ["console.page"] = "the page",
        ["run.service"] = "the service",
        ["logs.request"] = "the log lines of request",
        ["logs.instance"] = "the log lines of instance",
        ["logs.undecided"] = "the undecided log lines of",
        ["logs.upload"] = "an upload",
        ["logs.window"] = "a window of",
        ["logs.source"] = "the logs",
    };

    /// <summary>The sentence, with its full stop.</summary>
    public static string Of(AuditEvent e)
    {
        var who = (e.Actor.DisplayName ?? e.Actor.Id) + (e.Actor.OnBehalfOf is { } other ? $" on behalf of {other}" : "");
        if (e.Action is AuditActions.SealerStall or AuditActions.Incident or AuditActions.Unreadable)
        {
            return e.Reason ?? $"{who} reports {e.Action}.";
        }

        var to = Resource(e.Resource);
        var why = string.IsNullOrEmpty(e.Reason) ? "." : $": {e.Reason.TrimEnd('.')}.";
        if (Acts.TryGetValue(e.Action, out var act))
        {
            return e.Outcome switch
            {
                AuditOutcome.Success => $"{who} {act.Did}{to}.",
                AuditOutcome.Failure => $"{who} tried to {act.Do}{to} and failed{why}",
                AuditOutcome.Denied => $"{who} was not allowed to {act.Do}{to}{why}",
                _ => $"{who} set out to {act.Do}{to}. How it ended is not in this event.",
            };
        }

        return e.Outcome switch
        {
            AuditOutcome.Success => $"{who} did {e.Action}{On(to)}.",
            AuditOutcome.Failure => $"{who} tried {e.Action}{On(to)} and failed{why}",
            AuditOutcome.Denied => $"{who} was denied {e.Action}{On(to)}{why}",
            _ => $"{who}: {e.Action}{On(to)}. Its outcome is not known.",
        };
    }

    private static string On(string to) => to.Length > 0 ? $" on{to}" : "";

    private static string Resource(AuditResource? resource)
    {
        if (resource is null)
        {
            return "";
        }

        var kind = Kinds.GetValueOrDefault(resource.Type, resource.Type);
        var name = resource.Name ?? resource.Id ?? resource.Project ?? "";
        return name.Length == 0 ? $" {kind}" : $" {kind} {name}";
    }
}
