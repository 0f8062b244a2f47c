namespace OpsConsole.Testing.Network;

/// <summary>What a <see cref="BadLink"/> does with bytes and connections.</summary>
public enum LinkState
{
    /// <summary>Everything passes.</summary>
    Open,

    /// <summary>Nothing listens: a connection is refused, and those that were open are reset.</summary>
    Refusing,

    /// <summary>A connection is taken, and no byte ever comes back; those that are open fall silent.</summary>
    Silent,
}
