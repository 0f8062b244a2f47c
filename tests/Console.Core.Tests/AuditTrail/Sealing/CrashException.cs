namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>The end of a process, as a test plays it.</summary>
internal sealed class CrashException : Exception;
