using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>Containers, their ports, variables and mounts. The wordings are UNCONFIRMED; the rules are those of container.proto.</summary>
internal static class ContainerRules
{
    public static ApiError? Check(Template template, bool takesRequests)
    {
        if (template.Containers.Count == 0)
        {
            return ApiError.InvalidArgument("template.containers: Revision template should contain at least one container.");
        }

        if (template.Containers.FirstOrDefault(static c => c.Text("image").Length == 0) is not null)
        {
            return ApiError.InvalidArgument("template.containers.image: Expected an image URL, got an empty string.");
        }

        // Exactly one container takes the requests: the one with a port. Sidecars have none.
        var ingress = template.Containers.Count(static c => c["ports"] is not null);
        if (takesRequests && ingress != 1)
        {
            return ApiError.InvalidArgument("template.containers: Revision template should contain exactly one container with an exposed port.");
        }

        return template.Containers.Select(CheckVariables).FirstOrDefault(static e => e is not null) ?? CheckMounts(template);
    }

    private static ApiError? CheckVariables(JsonObject container)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in container.Children("env"))
        {
            var name = variable.Text("name");
            if (name is "PORT" or "K_SERVICE" or "K_REVISION" or "K_CONFIGURATION")
            {
                return ApiError.InvalidArgument(
                    $"template.containers.env: The following reserved env names were provided: {name}. These values are automatically set by the system.");
            }

            if (name.Length == 0 || !names.Add(name))
            {
                return ApiError.InvalidArgument($"template.containers.env: Duplicate or empty name '{name}'.");
            }
        }

        return null;
    }

    private static ApiError? CheckMounts(Template template)
    {
        var volumes = template.Json.Children("volumes").Select(static v => v.Text("name")).ToHashSet(StringComparer.Ordinal);
        var missing = template.Containers
            .SelectMany(static c => c.Children("volumeMounts"))
            .Select(static mount => mount.Text("name"))
            .FirstOrDefault(name => !volumes.Contains(name));
        return missing is null ? null : ApiError.InvalidArgument($"template.containers.volume_mounts: Volume '{missing}' is not defined.");
    }
}
