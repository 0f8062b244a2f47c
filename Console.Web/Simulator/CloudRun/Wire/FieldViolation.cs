namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Its path, as the request spelled it; empty for the message itself.</param>
/// <param name="Description">What is wrong.</param>
internal sealed record FieldViolation(string Field, string Description);
