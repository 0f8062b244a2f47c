namespace OpsConsole.Web.Controls;

/// <summary>A line of a <see cref="DiffTable"/>.</summary>
/// <param name="Group">Lines of the same group stand together.</param>
/// <param name="Name">What differs.</param>
/// <param name="Before">Value on the left; null where it is not set.</param>
/// <param name="After">Value on the right; null where it is not set.</param>
/// <param name="Secret">True where the values are hidden and only their difference is told.</param>
public sealed record DiffLine(string Group, string Name, string? Before, string? After, bool Secret = false);
