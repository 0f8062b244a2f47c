using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Takes a recorded change back: sets the fields that it changed to what they were. Made by <see cref="Undo"/> alone.</summary>
/// <param name="Of">Id of the change that is taken back.</param>
/// <param name="What">Its title.</param>
/// <param name="Fields">The fields, as the service should have them again.</param>
public sealed record Restore(string Of, string What, IReadOnlyList<RestoredField> Fields) : Change
{
    /// <inheritdoc />
    public override string Title => $"Undo: {What}";

    /// <inheritdoc />
    public bool Equals(Restore? other) => other is not null && Of == other.Of && What == other.What && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Of, What, Fields.Count);

    internal override void Edit(ServiceDocument document)
    {
        foreach (var field in Fields)
        {
            SettingPath.Parse(field.Path).Set(document.Root, field.Json is null ? null : JsonNode.Parse(field.Json));
        }
    }
}
