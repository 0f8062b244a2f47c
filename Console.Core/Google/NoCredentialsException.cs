namespace OpsConsole.Core.Google;

/// <summary>There are no usable Application Default Credentials. Translated into a value by <see cref="GoogleTransport"/>.</summary>
internal sealed class NoCredentialsException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>True where the credentials may be good, and the server that makes tokens of them failed.</summary>
    public bool IsPassing { get; init; }
}
