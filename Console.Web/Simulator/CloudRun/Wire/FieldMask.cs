using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>The fields that a PATCH changes: <c>updateMask=scaling.minInstanceCount,traffic</c>, in either spelling.</summary>
/// <remarks>https://google.aip.dev/161. A path cannot go through a repeated field: lists are replaced whole.</remarks>
internal sealed class FieldMask
{
    private readonly IReadOnlyList<IReadOnlyList<string>> paths;

    private FieldMask(IReadOnlyList<IReadOnlyList<string>> paths) => this.paths = paths;

    /// <summary>No mask, or <c>*</c>: the body replaces everything that a client may write.</summary>
    public bool IsEverything => paths.Count == 0;

    /// <summary>Reads a mask; null if a path names no field of the message.</summary>
    public static FieldMask? Parse(string? text, string messageType, out string problem)
    {
        problem = "";
        var parsed = new List<IReadOnlyList<string>>();
        foreach (var path in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (path == "*")
            {
                return new FieldMask([]);
            }

            if (Resolve(path, Schema.Message(messageType)) is not { } segments)
            {
                problem = path;
                return null;
            }

            parsed.Add(segments);
        }

        return new FieldMask(parsed);
    }

    /// <summary>Whether a change to this field, or to a part of it, is asked for.</summary>
    public bool Covers(string field) => IsEverything || paths.Any(path => path[0] == field);

    /// <summary>The stored resource with the masked fields of the body; a masked field that the body lacks is cleared.</summary>
    public JsonObject Apply(JsonObject stored, JsonObject body, string messageType)
    {
        if (IsEverything)
        {
            return ReplaceWritable(stored, body, Schema.Message(messageType));
        }

        var result = (JsonObject)stored.DeepClone();
        foreach (var path in paths)
        {
            Copy(result, body, path);
        }

        return result;
    }

    private static JsonObject ReplaceWritable(JsonObject stored, JsonObject body, MessageType type)
    {
        var result = (JsonObject)body.DeepClone();
        foreach (var field in type.Fields)
        {
            // The name is the resource's identity; everything output-only is the server's.
            if (field.OutputOnly || field.Name is "name")
            {
                result[field.Name] = stored[field.Name]?.DeepClone();
            }
        }

        return result;
    }

    private static void Copy(JsonObject target, JsonObject body, IReadOnlyList<string> path)
    {
        JsonNode? source = body;
        for (var i = 0; i < path.Count - 1; i++)
        {
            source = (source as JsonObject)?[path[i]];
            if (target[path[i]] is not JsonObject child)
            {
                if (source is null)
                {
                    return;
                }

                target[path[i]] = child = [];
            }

            target = child;
        }

        var value = (source as JsonObject)?[path[^1]];
        if (value is null)
        {
            target.Remove(path[^1]);
        }
        else
        {
            target[path[^1]] = value.DeepClone();
        }
    }

    private static List<string>? Resolve(string path, MessageType root)
    {
        var segments = new List<string>();
        MessageType? message = root;
        var inMap = false;
        var parts = path.Split('.');
        foreach (var part in parts)
        {
            if (inMap)
            {
                // The keys of labels have dots of their own: the rest of the path is the key.
                segments.Add(string.Join('.', parts.Skip(segments.Count)));
                return segments;
            }

            if (message?.Find(part) is not { } field)
            {
                return null;
            }

            segments.Add(field.Name);
            inMap = field.Type == "map";
            message = field.Repeated ? null : Schema.FindMessage(field.Type);
        }

        return segments;
    }
}
