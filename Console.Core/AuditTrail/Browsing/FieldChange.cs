namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A field that differs between the states before and after an event.</summary>
/// <param name="Path">Where, for example <c>scaling.minInstanceCount</c> or <c>labels["team/pay"]</c>; empty for the state as a whole.</param>
/// <param name="Before">Value as text; null where it was absent.</param>
/// <param name="After">Value as text; null where it is absent.</param>
public sealed record FieldChange(string Path, string? Before, string? After);
