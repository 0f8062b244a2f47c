using System.CommandLine;
using OpsConsole.Web.Commands.Audit;

namespace OpsConsole.Web.Commands;

/// <summary><c>audit</c>: what is done to the audit trail from the command line. Its verbs are in the folder Audit.</summary>
internal static class AuditCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create(SharedOptions shared) => new("audit", "The audit trail: verify it, export evidence, run a witness for it, make tokens for its HTTP API.")
    {
        VerifyLogCommand.Create(shared),
        ExportCommand.Create(shared),
        WitnessCommand.Create(),
        TokenCommand.Create(shared),
    };
}
