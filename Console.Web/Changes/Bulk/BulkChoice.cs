using OpsConsole.Core.Changes;
using OpsConsole.Web.Changes.Forms;

namespace OpsConsole.Web.Changes.Bulk;

/// <summary>What can be changed on several services at once: everything that does not name a revision of one of them.</summary>
public static class BulkChoice
{
    private static readonly HashSet<string> OfOneService = new(StringComparer.Ordinal) { "traffic", "route-to-revision", "roll-back", "tags", "move-traffic" };

    /// <summary>The forms that some of the services offer.</summary>
    public static IReadOnlyList<ChangeForm> Forms(IReadOnlyList<ChangeSubject> subjects) =>
        [.. ChangeForms.All.Where(f => (!OfOneService.Contains(f.Key) || f.Key == "traffic") && subjects.Any(f.Offers))];

    /// <summary>The changes of a form that need no values, for whichever of the services they would change something.</summary>
    public static IReadOnlyList<Change> OneClick(ChangeForm form, IReadOnlyList<ChangeSubject> subjects) =>
        [.. subjects.Where(form.Offers).SelectMany(form.OneClick).DistinctBy(ChangeJson.Print, StringComparer.Ordinal)];

    /// <summary>True where values can be set for several services at once.</summary>
    public static bool HasValues(ChangeForm form, ChangeSubject sample) => !OfOneService.Contains(form.Key) && form.Offers(sample) && form.Fields(sample, null).Count > 0;

    /// <summary>What it is now, on all of the services together: each present value with how many have it.</summary>
    public static string Present(ChangeForm form, IReadOnlyList<ChangeSubject> subjects)
    {
        var values = subjects.Where(form.Offers).GroupBy(form.Present, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ToList();
        return values.Count == 1 ? values[0].Key
            : string.Join(" · ", values.Take(3).Select(static g => $"{g.Count()} × {g.Key}")) + (values.Count > 3 ? $" · {values.Count - 3} other values" : "");
    }
}
