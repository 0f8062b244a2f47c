using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>
/// Rewrites enums as numbers for callers that ask for it. Google's own REST transport for Node sends
/// <c>$alt=json;enum-encoding=int</c> with every call but the polling of operations, so <c>"ingress":1</c> is what it gets.
/// </summary>
internal static class EnumNumbers
{
    public static void Apply(JsonObject message, MessageType type)
    {
        foreach (var field in type.Fields)
        {
            if (message[field.Name] is not { } value)
            {
                continue;
            }

            if (Schema.FindEnum(field.Type) is { } enumType && value is JsonValue name)
            {
                message[field.Name] = enumType.Number(name.GetValue<string>());
            }
            else if (Schema.FindMessage(field.Type) is { } child)
            {
                if (value is JsonObject single)
                {
                    Apply(single, child);
                }

                foreach (var element in (value as JsonArray)?.OfType<JsonObject>() ?? [])
                {
                    Apply(element, child);
                }
            }
        }
    }
}
