namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>A file of private keys cannot be used; the message says why and what to do, and never quotes a key.</summary>
public sealed class KeyFileException(string message, Exception? inner = null) : Exception(message, inner);
