namespace OpsConsole.Core.Logs;

/// <summary>Properties of a request entry.</summary>
[Flags]
public enum RequestFlags : ushort
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>Has a textPayload: the platform rejected or ended the request.</summary>
    HasText = 1,

    /// <summary>A WebSocket upgrade (status 101).</summary>
    WebSocket = 2,
}
