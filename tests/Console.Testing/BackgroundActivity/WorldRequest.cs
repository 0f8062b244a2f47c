namespace OpsConsole.Testing.BackgroundActivity;

/// <summary>A request entry of a <see cref="LogWorld"/>. Times are seconds after <see cref="LogWorld.Epoch"/>.</summary>
public sealed record WorldRequest
{
    /// <summary>The entry's timestamp.</summary>
    public double At { get; init; }

    /// <summary>Null leaves it out.</summary>
    public double? Latency { get; init; }

    /// <summary>The write time inside the insertId; null makes an insertId without one.</summary>
    public double? Written { get; init; }

    /// <summary>Null leaves it out.</summary>
    public double? Received { get; init; }

    public string? Instance { get; init; }

    public string Revision { get; init; } = "checkout-00007-abc";

    /// <summary>32 hexadecimal digits; null leaves it out.</summary>
    public string? Trace { get; init; }

    public ulong Span { get; init; }

    public string Route { get; init; } = "GET /";

    public int Status { get; init; } = 200;

    public string? Text { get; init; }

    public int File { get; init; }

    /// <summary>Filled in by the world.</summary>
    public string InsertId { get; init; } = "";
}
