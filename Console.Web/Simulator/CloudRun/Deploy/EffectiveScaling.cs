using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>How the service's and the revision's limits combine; https://docs.cloud.google.com/run/docs/configuring/min-instances.</summary>
/// <param name="Min">The larger of the revision's minimum and the service minimum's share, capped by the maximum.</param>
/// <param name="Max">The smaller of the two maxima.</param>
/// <param name="Manual">With manual scaling: exactly so many.</param>
internal sealed record EffectiveScaling(int Min, int Max, int? Manual)
{
    public static EffectiveScaling Of(JsonObject parent, ParentKind kind, JsonObject revision)
    {
        var name = ResourceName.Short(revision.Text("name"));
        var (percent, tagged) = Split.ShareOf(parent, kind, name);
        var (service, own) = (parent.Child("scaling"), revision.Child("scaling"));
        var max = Smaller(own.Number("maxInstanceCount"), service.Number("maxInstanceCount"));
        var share = Share(parent, kind, name, service.Number("minInstanceCount"), percent);

        // A revision's own minimum holds while any traffic or tag points at it: old tagged revisions keep costing.
        var min = Math.Min(max, Math.Max(percent > 0 || tagged ? own.Number("minInstanceCount") : 0, share));
        var manual = kind.IsService && service.Text("scalingMode") != "MANUAL" ? null : service.OptionalNumber("manualInstanceCount");
        return new EffectiveScaling(min, max, manual is { } count ? Share(parent, kind, name, count, percent) : null);
    }

    private static int Smaller(int revision, int service) =>
        (revision, service) switch { (0, 0) => 100, (0, _) => service, (_, 0) => revision, _ => Math.Min(revision, service) };

    /// <summary>Divided by traffic percent; what does not divide goes to the first revision listed in the traffic.</summary>
    private static int Share(JsonObject parent, ParentKind kind, string revision, int total, int percent)
    {
        var latest = ResourceName.Short(parent.Text("latestReadyRevision"));
        var serving = parent.Children(kind.StatusKey)
            .Where(static s => s.Number("percent") > 0)
            .Select(s => s.Text("type") == kind.Latest ? latest : s.Text("revision"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var share = total * percent / 100;
        if (serving.Count > 0 && serving[0] == revision)
        {
            share += total - serving.Sum(name => total * Split.ShareOf(parent, kind, name).Percent / 100);
        }

        return share;
    }
}
