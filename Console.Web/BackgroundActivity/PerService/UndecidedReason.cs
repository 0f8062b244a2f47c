namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>Why the logs cannot say to which request a line belongs.</summary>
public enum UndecidedReason
{
    /// <summary>Several requests were in flight on its instance.</summary>
    SeveralInFlight,

    /// <summary>It names no instance.</summary>
    NoInstance,

    /// <summary>A request on its instance has no known end: it ran then, or was long gone.</summary>
    EndNotKnown,

    /// <summary>No request entry of its instance is in these logs.</summary>
    NoRequestEntry,
}
