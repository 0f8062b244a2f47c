namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Who makes a change: goes into creator, lastModifier and the audit log.</summary>
/// <param name="Email">The account.</param>
/// <param name="UserAgent">What the client says it is.</param>
/// <param name="Ip">Where it calls from.</param>
internal sealed record Caller(string Email, string UserAgent, string Ip);
