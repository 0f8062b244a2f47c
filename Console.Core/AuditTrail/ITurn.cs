namespace OpsConsole.Core.AuditTrail;

/// <summary>A turn that this console has. Disposing of it gives it back.</summary>
public interface ITurn : IAsyncDisposable
{
    /// <summary>Whether it has it still: a connection that broke, a database that failed over, and another console may have taken it. Whoever works on for long asks again and again.</summary>
    Task<bool> IsHeldAsync(CancellationToken cancellationToken);
}
