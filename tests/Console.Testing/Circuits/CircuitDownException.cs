namespace OpsConsole.Testing.Circuits;

/// <summary>The circuit ended, or the page failed: what the console said.</summary>
public sealed class CircuitDownException : Exception
{
    /// <summary>Makes one.</summary>
    public CircuitDownException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public CircuitDownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
