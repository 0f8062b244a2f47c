namespace OpsConsole.Core.Storage;

/// <summary>The database cannot be used; the message says why and what to do.</summary>
public sealed class DatabaseException : Exception
{
    /// <summary>Makes one.</summary>
    public DatabaseException(string message)
        : base(message)
    {
    }

    /// <summary>True where nobody has to change anything here: the server is away, starting, full or not the primary, and may be back at any moment.</summary>
    public bool IsAway { get; init; }

    /// <summary>Makes one with its cause.</summary>
    public DatabaseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
