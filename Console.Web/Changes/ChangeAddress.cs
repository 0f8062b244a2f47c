using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes;

/// <summary>
/// What the change dialog shows, as a part of the address of the page beneath: <c>?on=acme-prod/europe-west1/checkout</c> lists
/// what can be changed, <c>&amp;change=concurrency</c> is a form with the values of now,
/// <c>&amp;change={"kind":"cpu-allocation","always":true}</c> a plan, and <c>&amp;change=undo:ID</c> the plan that takes a change back.
/// </summary>
/// <param name="On">The service, worker pool or job.</param>
public sealed record ChangeAddress(ResourceName On)
{
    private const string Choose = "choose";
    private const string UndoPrefix = "undo:";

    /// <summary>Key of a form; empty for none.</summary>
    public string Form { get; init; } = "";

    /// <summary>What is planned; null for none.</summary>
    public Change? Change { get; init; }

    /// <summary>Id of the change that is taken back; empty for none.</summary>
    public string Undo { get; init; } = "";

    /// <summary>From an address or its query; null where it holds no dialog, or what it holds is malformed.</summary>
    public static ChangeAddress? Parse(string url)
    {
        var at = url.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(at < 0 ? "" : url[at..]);
        var text = query.GetValueOrDefault("change").ToString();
        if (text.Length == 0 || OnOf(query.GetValueOrDefault("on").ToString()) is not { } on)
        {
            return null;
        }

        var address = new ChangeAddress(on);
        return text == Choose ? address
            : text.StartsWith(UndoPrefix, StringComparison.Ordinal) ? address with { Undo = text[UndoPrefix.Length..] }
            : !text.StartsWith('{') ? address with { Form = text }
            : ChangeJson.Read(text) is { } change && MayBeLinked(change) ? address with { Change = change } : null;
    }

    /// <summary>The address of a page with this dialog open over it; a dialog that was open there is replaced.</summary>
    public string OnPage(string page)
    {
        var bare = Without(page);
        var dialog = Urls.With("", ("change", Change is not null ? ChangeJson.Print(Change) : Undo.Length > 0 ? UndoPrefix + Undo : Form.Length > 0 ? Form : Choose), ("on", Short(On)));
        return bare + (bare.Contains('?', StringComparison.Ordinal) ? "&" + dialog[1..] : dialog);
    }

    /// <summary>The address of a page without the dialog; everything else stays as it is written.</summary>
    public static string Without(string page)
    {
        var at = page.IndexOf('?', StringComparison.Ordinal);
        if (at < 0)
        {
            return page;
        }

        var kept = page[(at + 1)..].Split('&').Where(static p => !p.StartsWith("change=", StringComparison.Ordinal) && !p.StartsWith("on=", StringComparison.Ordinal));
        var query = string.Join('&', kept);
        return query.Length == 0 ? page[..at] : $"{page[..at]}?{query}";
    }

    /// <summary>False for what sets any field to anything: that is made from the record alone, never from a link.</summary>
    public static bool MayBeLinked(Change change) => change switch
    {
        Restore => false,
        Several several => several.Changes.All(MayBeLinked),
        _ => true,
    };

    // acme-prod/europe-west1/checkout is a service; others name their collection: acme-prod/europe-west1/jobs/nightly.
    private static string Short(ResourceName on) =>
        on.Collection == "services" ? $"{on.Project}/{on.Location}/{on.Id}" : $"{on.Project}/{on.Location}/{on.Collection}/{on.Id}";

    private static ResourceName? OnOf(string text) => text.Split('/') switch
    {
        [var project, var location, var service] => Name(project, location, "services", service),
        [var project, var location, ("workerPools" or "jobs") and var collection, var id] => Name(project, location, collection, id),
        _ => null,
    };

    private static ResourceName? Name(string project, string location, string collection, string id) =>
        ResourceName.TryParse($"projects/{project}/locations/{location}/{collection}/{id}", out var name) ? name : null;
}
