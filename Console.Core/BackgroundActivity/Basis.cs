namespace OpsConsole.Core.BackgroundActivity;

/// <summary>By which evidence an entry was given its class and request.</summary>
public enum Basis : byte
{
    /// <summary>No request was named.</summary>
    None,

    /// <summary>Equal trace on the same instance.</summary>
    Trace,

    /// <summary>Equal span id (hexadecimal against decimal) on the same instance.</summary>
    Span,

    /// <summary>The only request in flight on its instance.</summary>
    OnlyRequestInFlight,

    /// <summary>No request in flight on its instance.</summary>
    NoRequestInFlight,

    /// <summary>The server's access line: method and path of a request that just ended.</summary>
    AccessLine,

    /// <summary>A platform message or the order of the instance's life.</summary>
    InstanceLife,

    /// <summary>The CPU quota's fingerprint: bursts in one narrow slot of each 100 ms.</summary>
    ThrottleFingerprint,
}
