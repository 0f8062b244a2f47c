namespace OpsConsole.Web.Admin;

/// <summary>A setting as it is in effect.</summary>
/// <param name="Key">Without the section OpsConsole.</param>
/// <param name="Value">Secrets are masked.</param>
/// <param name="IsDefault">Whether nobody set it otherwise.</param>
public sealed record EffectiveSetting(string Key, string Value, bool IsDefault);
