using System.CommandLine;

namespace OpsConsole.Web.Commands;

/// <summary>The options that several verbs share, spelled and explained once.</summary>
internal static class SharedOptions
{
    /// <summary><c>--data DIR</c>.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "Data folder (database, keys, uploads). Default: OpsConsole__Data, else the user's data folder.",
        HelpName = "DIR",
    };

    /// <summary><c>--urls URLS</c>.</summary>
    public static Option<string?> Urls() => new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. Default: http://127.0.0.1:5080, or http://0.0.0.0:$PORT where PORT is set.",
        HelpName = "URLS",
    };

    /// <summary><c>--project ID</c>, repeatable.</summary>
    public static Option<string[]> Projects() => new("--project")
    {
        Description = "Google Cloud project to show, with Application Default Credentials. Repeatable. Without one, the demo project runs.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary><c>--set Key=Value</c>, repeatable.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Any setting of section OpsConsole, for example --set Simulator:Seed=7. Repeatable.",
        HelpName = "KEY=VALUE",
    };
}
