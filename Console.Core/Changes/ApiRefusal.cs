using System.Globalization;
using System.Text.RegularExpressions;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>
/// What the API says in a dry run, as a refusal: its own words, the field that it names at their beginning, and the nearest
/// legal change where the words hold one.
/// </summary>
public static partial class ApiRefusal
{
    /// <summary>Translates a failure of a dry run; null where it says nothing against the change (the API could not be reached).</summary>
    /// <param name="error">What came back.</param>
    /// <param name="change">What was tried.</param>
    public static Refusal? Of(CloudRunError error, Change change)
    {
        switch (error)
        {
            case CloudRunError.Rejected rejected:
                var field = Field().Match(rejected.GoogleMessage);
                return new Refusal(Camel(field.Success ? field.Groups["path"].Value : rejected.Field), rejected.GoogleMessage, Nearest(rejected.GoogleMessage, change)) { FromApi = true };
            case CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer:
                return null;
            default:
                return new Refusal("", error.Message) { FromApi = true };
        }
    }

    // scaling.max_instance_count: Max instances must be set to 5 or fewer to set the requested total CPU. Quota violated: …
    // Invalid value specified for cpu. For the specified value, maxScale may not exceed 2.
    private static Change? Nearest(string message, Change change)
    {
        var most = Most().Match(message);
        return most.Success && int.TryParse(most.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? Several.Of(change, new SetRevisionLimits(null, count))
            : null;
    }

    private static string Camel(string path) => Underscore().Replace(path, static m => m.Groups["letter"].Value.ToUpperInvariant());

    [GeneratedRegex("""^(?<path>[a-z][a-z_]*(\.[a-z][a-z_]*)*): """, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Field();

    [GeneratedRegex("""(Max instances must be set to|maxScale may not exceed) (?<count>\d+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Most();

    [GeneratedRegex("_(?<letter>[a-z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Underscore();
}
