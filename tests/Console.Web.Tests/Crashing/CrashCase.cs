using OpsConsole.Core.Crashing;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>One step at which the console dies.</summary>
/// <param name="Step">The step.</param>
/// <param name="Drive">Brings the console to the step; it is armed when this begins, and what this awaits may get no answer.</param>
internal sealed record CrashCase(CrashStep Step, Func<CrashWorld, Task> Drive)
{
    /// <summary>What is done before the step is armed.</summary>
    public Func<CrashWorld, Task> Before { get; init; } = static _ => Task.CompletedTask;

    /// <summary>What must hold once the console is up again, beyond what must always hold.</summary>
    public Func<CrashWorld, Task> After { get; init; } = static _ => Task.CompletedTask;

    /// <summary>True where the console dies while it starts, so that it is armed from the beginning.</summary>
    public bool AtStart { get; init; }

    /// <summary>True where the step is another in PostgreSQL than in SQLite.</summary>
    public bool InBoth { get; init; }
}
