using System.Diagnostics;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Runs lines of documentation as somebody would who reads them.</summary>
public static class Shell
{
    /// <summary>Runs a script; gives its exit code and all that it printed.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("sh", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("There is no shell.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
