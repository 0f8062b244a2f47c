namespace OpsConsole.Web.Observability;

/// <summary>Something that the console needs, and how it is.</summary>
/// <param name="Kind">What kind of thing, one word: <c>database</c>, <c>sealer</c>, <c>iap-keys</c>, <c>google</c>.</param>
/// <param name="Name">Which.</param>
/// <param name="Needed">Whether the console cannot serve without it.</param>
/// <param name="Problem">What is missing and what to do, a sentence; null when it is well.</param>
/// <param name="Milliseconds">How long the look took.</param>
internal sealed record Dependency(string Kind, string Name, bool Needed, string? Problem, long Milliseconds);
