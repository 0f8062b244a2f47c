namespace OpsConsole.Web.Hosting;

/// <summary>The console cannot start, for a reason that its user can mend; the message says how.</summary>
public sealed class StartException : Exception
{
    /// <summary>Makes one.</summary>
    public StartException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public StartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
