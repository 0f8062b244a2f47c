using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Changes as JSON, as the audit trail keeps them: <c>{"kind":"cpu-allocation","always":true}</c>. The trail sorts the names (RFC 8785), so
/// that <c>kind</c> comes back behind <c>always</c>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Change))]
public sealed partial class ChangeJson : JsonSerializerContext
{
    /// <summary>Prints a change.</summary>
    public static string Print(Change change) => JsonSerializer.Serialize(change, Default.Change);

    /// <summary>Reads one back; null for what this version does not know.</summary>
    public static Change? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.Change) is { } change && IsWhole(change) ? change : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    // A name or a list that the JSON leaves out is null, whatever its type says.
    private static bool IsWhole(Change change) => change switch
    {
        SplitTraffic split => split.Shares is { } shares && shares.All(static s => s is { Revision: not null }),
        RouteToRevision route => route.Revision is not null,
        ShiftTraffic shift => shift.Revision is not null,
        MoveTraffic move => move is { Revision: not null, Steps: not null },
        RollBack back => back.Revision is not null,
        RemoveTag tag => tag.Tag is not null,
        CancelExecution cancel => cancel.Execution is not null,
        Several several => several.Changes is { Count: > 0 } parts && parts.All(static p => p is not null && IsWhole(p)),
        Restore restore => restore is { Of: not null, What: not null, Fields: not null } && restore.Fields.All(static f => f is { Path: not null }),
        _ => true,
    };
}
