using System.CommandLine;

namespace OpsConsole.Web.Commands;

/// <summary>All verbs of the program. <c>serve</c> is the default: the root command does the same.</summary>
internal static class CommandLine
{
    /// <summary>Builds the tree of commands. Nothing is started before one of them is invoked.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "OpsConsole: an operations console for Google Cloud Run. Without a verb it serves the console.");
        var shared = SharedOptions.Create();
        root.Options.Add(shared.Data);
        root.Options.Add(shared.Set);
        ServeCommand.Configure(root, shared);
        root.Subcommands.Add(ServeCommand.Create(shared));
        root.Subcommands.Add(CorrelateCommand.Create());
        root.Subcommands.Add(VerifyCommand.Create());
        root.Subcommands.Add(AuditCommand.Create(shared));
        root.Subcommands.Add(SimulateCommand.Create(shared));
        root.Subcommands.Add(HealthCommand.Create());
        return root;
    }
}
