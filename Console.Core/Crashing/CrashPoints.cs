using System.Diagnostics;

namespace OpsConsole.Core.Crashing;

/// <summary>
/// The places where the crash-point test kills the process. Nothing in the product arms one: no setting, no variable, no endpoint; the
/// test's own program does, through an internal member. Unarmed, a place costs the comparison of two numbers.
/// </summary>
public static class CrashPoints
{
    private static int s_armed;
    private static int s_left;

    /// <summary>The process is at this step. It comes back, unless the test has armed the step.</summary>
    public static void At(CrashStep step)
    {
        if (s_armed == (int)step)
        {
            Reached();
        }
    }

    /// <summary>From now on the process dies when it comes to a step for the n-th time.</summary>
    /// <param name="step">Where.</param>
    /// <param name="time">1 for the first time.</param>
    internal static void Arm(CrashStep step, int time)
    {
        Volatile.Write(ref s_left, time);
        Volatile.Write(ref s_armed, (int)step);
    }

    // As the kernel's out-of-memory killer or a pulled plug: SIGKILL, after which no finally, no flush and no exit handler runs.
    private static void Reached()
    {
        if (Interlocked.Decrement(ref s_left) == 0)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
