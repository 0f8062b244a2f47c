namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>Names of keys (c2sp.org/signed-note): not empty, no Unicode space, no plus sign.</summary>
public static class KeyName
{
    /// <summary>Null when the name can be used; else why not.</summary>
    public static string? Problem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 ? "The key name is empty."
            : name.AsSpan().ContainsAny('+', '\n') || name.Any(static c => char.IsWhiteSpace(c) || c < ' ') ? $"The key name '{name}' has a space, a plus sign or a control character."
            : !IsWellFormed(name) ? "The key name is not valid Unicode."
            : null;
    }

    private static bool IsWellFormed(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            // Only a lone surrogate is read as U+FFFD without being one.
            if (rune.Value == 0xFFFD && !name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
