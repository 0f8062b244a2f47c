namespace OpsConsole.Core.Logs;

/// <summary>The input cannot be used at all: it does not exist, cannot be read, or holds no log entry.</summary>
public sealed class LogExportException : Exception
{
    /// <summary>Makes one.</summary>
    public LogExportException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public LogExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
