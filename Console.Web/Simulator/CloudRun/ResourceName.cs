namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>Names such as <c>projects/acme-prod/locations/europe-west1/services/checkout</c>, put together and taken apart.</summary>
internal static class ResourceName
{
    public static string Location(string project, string location) => $"projects/{project}/locations/{location}";

    /// <summary>The last segment.</summary>
    public static string Short(string name) => name[(name.LastIndexOf('/') + 1)..];

    /// <summary>The resource that this one is in: two segments less.</summary>
    public static string Parent(string name) => name[..name.LastIndexOf('/', name.LastIndexOf('/') - 1)];

    /// <summary>The region: the fourth segment.</summary>
    public static string LocationOf(string name) => name.Split('/')[3];

    /// <summary>Whether the name has this pattern, where <c>-</c> stands for any id.</summary>
    public static bool Matches(string name, string pattern)
    {
        var (names, patterns) = (name.Split('/'), pattern.Split('/'));
        return names.Length == patterns.Length
            && names.Zip(patterns).All(static pair => pair.Second == "-" || pair.First == pair.Second);
    }
}
