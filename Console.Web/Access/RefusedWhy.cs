namespace OpsConsole.Web.Access;

/// <summary>The sentence that says why a request was not let in, for the error page that takes its place.</summary>
internal static class RefusedWhy
{
    private static readonly object Key = new();

    /// <summary>Keeps it.</summary>
    public static void Set(HttpContext context, string sentence) => context.Items[Key] = sentence;

    /// <summary>Null where nobody said why.</summary>
    public static string? Of(HttpContext context) => context.Items[Key] as string;
}
