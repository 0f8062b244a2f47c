namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>One thing that is wrong with a bundle.</summary>
/// <param name="Sentence">For people.</param>
/// <param name="File">Which file; null for the bundle as a whole.</param>
/// <param name="Index">Which leaf, where one is meant.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
public sealed record BundleProblem(string Sentence, string? File = null, long? Index = null, string? Expected = null, string? Found = null);
