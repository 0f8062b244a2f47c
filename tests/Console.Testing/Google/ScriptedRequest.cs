namespace OpsConsole.Testing.Google;

/// <summary>A request that <see cref="ScriptedGoogle"/> received.</summary>
/// <param name="Method">GET, POST.</param>
/// <param name="Path">Decoded path.</param>
/// <param name="Query">With the question mark; empty without.</param>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">Text of the body.</param>
public sealed record ScriptedRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);
