namespace OpsConsole.Web.Changes.Forms;

/// <summary>One input of a <see cref="ChangeForm"/>.</summary>
/// <param name="Key">Its name among the values.</param>
/// <param name="Label">What stands beside it.</param>
/// <param name="Value">What is in it at first.</param>
public sealed record ChangeField(string Key, string Label, string Value)
{
    /// <summary>Unit behind the input: <c>%</c>, <c>s</c>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Legal values, in a few words.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Where it stands in the resource, so that a refusal is shown beside it.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whole numbers only.</summary>
    public bool Number { get; init; }

    /// <summary>The values to choose from; empty for free input.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];

    /// <summary>True where a path (as a rule or the API names it) means this input.</summary>
    public bool Is(string path)
    {
        var (mine, theirs) = (Plain(Path), Plain(path));
        return mine.Length > 0 && theirs.Length > 0
            && (mine == theirs || mine.EndsWith("." + theirs, StringComparison.Ordinal) || theirs.EndsWith("." + mine, StringComparison.Ordinal));
    }

    // template.containers[web].resources.limits[cpu] and template.containers.resources.limits.cpu are the same field.
    private static string Plain(string path)
    {
        var at = path.IndexOf("containers[", StringComparison.Ordinal);
        var end = at < 0 ? -1 : path.IndexOf(']', at);
        var plain = end < 0 ? path : $"{path[..at]}containers{path[(end + 1)..]}";
        return plain.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
    }
}
