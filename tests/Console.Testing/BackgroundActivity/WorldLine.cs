using OpsConsole.Core.Logs;

namespace OpsConsole.Testing.BackgroundActivity;

/// <summary>A container or platform entry of a <see cref="LogWorld"/>. Times are seconds after <see cref="LogWorld.Epoch"/>.</summary>
public sealed record WorldLine
{
    public double At { get; init; }

    public string? Instance { get; init; }

    public string Revision { get; init; } = "checkout-00007-abc";

    public string? Trace { get; init; }

    public ulong Span { get; init; }

    public string Text { get; init; } = "work";

    /// <summary>For an access line, its method and path; null for any other.</summary>
    public string? Access { get; init; }

    public PlatformMessage Platform { get; init; }

    public int File { get; init; }

    public string InsertId { get; init; } = "";
}
