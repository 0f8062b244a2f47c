namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>A message of the interface definitions; its fields in declaration order, which is also the order of Google's JSON.</summary>
internal sealed class MessageType(string name, IReadOnlyList<FieldType> fields)
{
    private readonly Dictionary<string, FieldType> byName = fields.ToDictionary(static f => f.Name, StringComparer.Ordinal);

    public string Name { get; } = name;

    public IReadOnlyList<FieldType> Fields { get; } = fields;

    /// <summary>Finds a field by its JSON name or by its snake_case name: protobuf's JSON mapping accepts both.</summary>
    public FieldType? Find(string key) =>
        byName.TryGetValue(key, out var field) || byName.TryGetValue(Spelling.ToCamel(key), out field) ? field : null;
}
