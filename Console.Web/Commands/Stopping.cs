namespace OpsConsole.Web.Commands;

/// <summary>
/// Verbs that take their time, and are told to stop by Ctrl+C, or by SIGTERM as systemd and Kubernetes send it: they say how far they came, leave nothing
/// half done, and end with the exit code of what could not run, for they know nothing.
/// </summary>
internal static class Stopping
{
    /// <summary>Why a verb ended.</summary>
    public const string Why = "Stopped by Ctrl+C or a signal.";

    /// <summary>How long a verb that was stopped waits to put that on record.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    // System.CommandLine would end the process after nine (Program.cs), with another exit code and no word.
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(7);

    /// <summary>
    /// Runs a verb beside the thread that asked: System.CommandLine listens for signals only once the verb's method has come back with a task. One that hangs
    /// on something that gives no answer is left behind.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="errors">Where the sentence goes.</param>
    /// <param name="cancellationToken">Cancelled by the signal.</param>
    public static async Task<int> RunAsync(string name, Func<Task<int>> verb, TextWriter errors, CancellationToken cancellationToken)
    {
        var running = Task.Run(verb, CancellationToken.None);
        using var over = new CancellationTokenSource();
        var hangs = HangsAsync(over.Token, cancellationToken);
        if (await Task.WhenAny(running, hangs) == hangs)
        {
            return await TellAsync(name, "Something that it waits for gives no answer: it is left as it is, and how it ended is not on record.", errors);
        }

        await over.CancelAsync();
        return await running;
    }

    /// <summary>The sentence, and the exit code.</summary>
    /// <param name="verb">Its name.</param>
    /// <param name="howFar">Sentences.</param>
    /// <param name="errors">Where to.</param>
    public static async Task<int> TellAsync(string verb, string howFar, TextWriter errors)
    {
        await errors.WriteLineAsync($"{verb} did not finish: {Why} {howFar}");
        return ServeCommand.BadSettings;
    }

    private static async Task HangsAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(LastResort, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
