using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Takes a traffic tag away, and its address with it: the one way to end what an old revision's own minimum costs.</summary>
/// <param name="Tag">The tag.</param>
public sealed record RemoveTag(string Tag) : Change
{
    /// <inheritdoc />
    public override string Title => $"Remove the tag {Tag}";

    internal override void Edit(ServiceDocument document)
    {
        List<JsonObject> targets = [];
        foreach (var target in document.Traffic)
        {
            var copy = (JsonObject)target.DeepClone();
            if (ServiceDocument.Text(copy, "tag") == Tag)
            {
                copy.Remove("tag");
                if ((ServiceDocument.Number(copy, "percent") ?? 0) == 0)
                {
                    continue;
                }
            }

            targets.Add(copy);
        }

        document.Root["traffic"] = new JsonArray([.. targets]);
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        if (document.Traffic.All(t => ServiceDocument.Text(t, "tag") != Tag))
        {
            yield return new Refusal("traffic", $"The service has no tag {Tag} (any more).");
        }
    }
}
