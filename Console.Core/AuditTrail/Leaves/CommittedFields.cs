namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>Fields of which a leaf holds a salted commitment in the place of the value. In the order of RFC 8785, which is that of the leaf.</summary>
public static class CommittedFields
{
    /// <summary>Name as shown.</summary>
    public const string ActorDisplayName = "actor.displayName";

    /// <summary>Stable id.</summary>
    public const string ActorId = "actor.id";

    /// <summary>Address of the caller.</summary>
    public const string ActorIp = "actor.ip";

    /// <summary>For whom.</summary>
    public const string ActorOnBehalfOf = "actor.onBehalfOf";

    /// <summary>Session or token.</summary>
    public const string ActorSession = "actor.session";

    /// <summary>User-Agent.</summary>
    public const string ActorUserAgent = "actor.userAgent";

    /// <summary>State after.</summary>
    public const string After = "after";

    /// <summary>State before.</summary>
    public const string Before = "before";

    /// <summary>Anything else.</summary>
    public const string Details = "details";

    /// <summary>Why.</summary>
    public const string Reason = "reason";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [ActorDisplayName, ActorId, ActorIp, ActorOnBehalfOf, ActorSession, ActorUserAgent, After, Before, Details, Reason];
}
