namespace OpsConsole.Core.AuditTrail;

/// <summary>A value of a field and how many events of the query have it.</summary>
/// <param name="Field">Name of the field in the filter box, for example <c>action</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Count">Events.</param>
public sealed record AuditFacet(string Field, string Value, long Count);
