using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Bulk;

/// <summary>Several services in an address, short: <c>acme-prod/europe-west1/checkout+search,acme-prod/us-central1/billing</c>.</summary>
public static class ServiceSet
{
    /// <summary>Prints them, by project and region.</summary>
    public static string Print(IEnumerable<ResourceName> services) => string.Join(',', services
        .GroupBy(static s => (s.Project, s.Location))
        .Select(static g => $"{g.Key.Project}/{g.Key.Location}/{string.Join('+', g.Select(static s => s.Id))}"));

    /// <summary>Reads them; what is malformed is left out.</summary>
    public static IReadOnlyList<ResourceName> Parse(string text)
    {
        List<ResourceName> services = [];
        foreach (var group in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (group.Split('/') is not [var project, var location, var ids])
            {
                continue;
            }

            foreach (var id in ids.Split('+', ' '))
            {
                if (ResourceName.TryParse($"projects/{project}/locations/{location}/services/{id}", out var name) && !services.Contains(name))
                {
                    services.Add(name);
                }
            }
        }

        // The one empty list, so that addresses without services are equal.
        return services.Count == 0 ? Array.Empty<ResourceName>() : services;
    }
}
