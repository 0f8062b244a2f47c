namespace OpsConsole.Core.AuditTrail.Canonical;

/// <summary>A value that RFC 8785 gives no bytes; the message says why, for people.</summary>
public sealed class CanonicalJsonException(string message, Exception? inner = null) : FormatException(message, inner);
