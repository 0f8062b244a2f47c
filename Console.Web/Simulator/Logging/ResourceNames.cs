namespace OpsConsole.Web.Simulator.Logging;

/// <summary>The parents to read from: <c>projects/ID</c>, or a view of a bucket of the project.</summary>
internal static class ResourceNames
{
    private static readonly string[] Parents = ["projects", "organizations", "billingAccounts", "folders"];

    /// <summary>The error to answer, or null when all names are readable.</summary>
    public static ApiError? Check(IReadOnlyList<string> names, int most, LoggingOptions options)
    {
        if (names.Count == 0)
        {
            return ApiError.InvalidArgument("At least one resource name must be specified in resource_names.");
        }

        if (names.Count > most)
        {
            return ApiError.InvalidArgument($"resource_names has {names.Count} names; the maximum is {most}.");
        }

        foreach (var name in names)
        {
            var parts = name.Split('/');
            var isParent = parts.Length == 2;
            var isView = parts is [_, _, "locations", _, "buckets", _, "views", _];
            if ((!isParent && !isView) || !Parents.Contains(parts[0], StringComparer.Ordinal) || parts.Any(static p => p.Length == 0))
            {
                return ApiError.InvalidArgument(
                    $"Invalid resource name '{name}'. Expected projects/[PROJECT_ID], organizations/[ORGANIZATION_ID], "
                    + "billingAccounts/[BILLING_ACCOUNT_ID], folders/[FOLDER_ID], or a view.");
            }

            if (parts[0] != "projects" || (parts[1] != options.Project && parts[1] != options.ProjectNumber))
            {
                return ApiError.PermissionDenied("logging.logEntries.list");
            }
        }

        return null;
    }
}
