namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>What is known of a method of the API: endpoint metadata, read by fault injection.</summary>
/// <param name="Permission">What the caller needs, as messages name it.</param>
/// <param name="Parameters">The query parameters it has, lowerCamelCase.</param>
internal sealed record ApiMethod(string Permission, IReadOnlyList<string> Parameters);
