using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Retention;

/// <summary>Words of retention for people.</summary>
public static class RetentionWords
{
    /// <summary>What a request is for.</summary>
    public static string What(RetentionRequest request, RetentionBook book) => request.Kind switch
    {
        RetentionKind.EraseActor => $"Erase {Fields(request)} of all events of the actor {request.Target}",
        RetentionKind.EraseEvent => $"Erase {Fields(request)} of the event {request.Target}",
        RetentionKind.Prune => $"Prune all events below index {request.Target}",
        _ => $"Release the legal hold {(book.Holds.FirstOrDefault(h => h.Id == request.Target) is { } hold ? $"on {Scope(hold)}: {hold.Reason}" : request.Target)}",
    };

    /// <summary>What a decision does, said beside its button.</summary>
    public static string Consequence(RetentionKind kind) => kind switch
    {
        RetentionKind.Prune => "The bytes of these events go for ever; their hashes stay, and every proof of later events holds.",
        RetentionKind.ReleaseHold => "What it covers may then be erased and pruned again.",
        _ => "These fields go for ever. The leaf, its place and every proof stay: the leaf holds commitments, not values.",
    };

    /// <summary>What a hold covers.</summary>
    public static string Scope(LegalHold hold) => hold.Workspace.Length > 0 ? $"the workspace {hold.Workspace}" : "everything";

    /// <summary>How a request stands.</summary>
    public static (Meaning Meaning, string Word) State(RetentionRequest request) => request switch
    {
        { DecidedBy: null } => (Meaning.Late, "Waits for a decision"),
        { IsApproved: false } => (Meaning.Unknown, "Rejected"),
        { IsDone: false } => (Meaning.Busy, "Being carried out"),
        _ => (Meaning.Good, "Carried out"),
    };

    private static string Fields(RetentionRequest request) =>
        request.Fields.All(static f => f.StartsWith("actor.", StringComparison.Ordinal)) && request.Fields.Count > 1 ? "the person" : string.Join(", ", request.Fields);
}
