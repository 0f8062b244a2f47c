using System.Text.RegularExpressions;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>The ids that clients choose: "must begin with letter, and cannot end with hyphen; must contain fewer than 50 characters".</summary>
internal static partial class ResourceId
{
    public static bool IsValid(string id) => Pattern().IsMatch(id);

    public static ApiError Error(string field, string id) => ApiError.InvalidArgument(
        $"{field}: '{id}' is not valid: only lower-case letters, digits and hyphens; begins with a letter, does not end with a hyphen, less than 50 characters.");

    [GeneratedRegex("^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
