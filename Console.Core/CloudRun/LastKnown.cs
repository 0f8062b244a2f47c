namespace OpsConsole.Core.CloudRun;

/// <summary>What a screen shows while Google fails for the moment: what was known, with its age, beside what is wrong.</summary>
public static class LastKnown
{
    /// <summary>True for failures that pass by themselves: what was known before is still the best that is known.</summary>
    public static bool Passes(CloudRunError error) => error is CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer;

    /// <summary>The list with what was known of the places that failed. Its time is then that of the older part.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="read">As it was read.</param>
    /// <param name="nameOf">The name of an item.</param>
    public static Reading<Fleet<T>> Of<T>(Reading<Fleet<T>> read, Func<T, ResourceName> nameOf)
    {
        if (read.Before is not { } before)
        {
            return read;
        }

        var names = read.Value.Items.Select(item => nameOf(item).Value).ToHashSet(StringComparer.Ordinal);
        var kept = before.Value.Items.Where(item => nameOf(item) is var name && !names.Contains(name.Value)
            && read.Value.Failures.Any(f => Passes(f.Error) && f.Project == name.Project && (f.Location.Length == 0 || f.Location == name.Location))).ToList();
        return kept.Count == 0 ? read : read with { Value = read.Value with { Items = [.. read.Value.Items, .. kept] }, At = before.At };
    }
}
