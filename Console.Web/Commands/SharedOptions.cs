using System.CommandLine;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Commands;

/// <summary>The options that verbs share, spelled and explained once.</summary>
/// <param name="Data"><c>--data DIR</c>, for every verb.</param>
/// <param name="Set"><c>--set Key=Value</c>, for every verb.</param>
internal sealed record SharedOptions(Option<string?> Data, Option<string[]> Set)
{
    /// <summary>The options that stand on the root and hold for every verb below it.</summary>
    public static SharedOptions Create() => new(
        new Option<string?>("--data")
        {
            Description = "Data folder (database, keys, uploads). Default: OpsConsole__Data, else the user's data folder.",
            HelpName = "DIR",
            Recursive = true,
        },
        new Option<string[]>("--set")
        {
            Description = "Any setting of section OpsConsole, for example --set Simulator:Seed=7. Repeatable.",
            HelpName = "KEY=VALUE",
            Recursive = true,
        });

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

    /// <summary>The settings as given on this command line.</summary>
    public CommandLineSettings Read(ParseResult parse) => new() { Data = parse.GetValue(Data), Set = parse.GetValue(Set) ?? [] };
}
