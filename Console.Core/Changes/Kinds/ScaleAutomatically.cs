namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Back from manual to automatic scaling; minimum and maximum count again.</summary>
public sealed record ScaleAutomatically : Change
{
    /// <inheritdoc />
    public override string Title => "Scale automatically";

    internal override void Edit(ServiceDocument document)
    {
        // Absent and unspecified mean automatic as well: nothing is written then.
        if (document.IsManual && document.Root["scaling"] is System.Text.Json.Nodes.JsonObject scaling)
        {
            scaling["scalingMode"] = "AUTOMATIC";
            scaling.Remove("manualInstanceCount");
        }
    }
}
