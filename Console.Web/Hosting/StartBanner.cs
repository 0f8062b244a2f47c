using System.Text;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Hosting;

/// <summary>The block that the terminal shows at start.</summary>
internal static class StartBanner
{
    /// <summary>Builds it.</summary>
    public static string Of(ConsoleSettings settings, IReadOnlyList<string> addresses, string dataFolder, Uri? simulator, StartToken token)
    {
        var text = new StringBuilder();
        text.AppendLine("OpsConsole is running");
        foreach (var address in addresses)
        {
            text.Append("  Address   ").AppendLine(settings.Demo ? address : $"{address}/sign-in?token={token.Value}");
        }

        if (settings.Demo)
        {
            text.AppendLine("  Mode      demo: a simulated project (acme-prod), not connected to Google")
                .Append("  Simulator ").AppendLine($"{simulator}")
                .Append("  Data      ").AppendLine(dataFolder)
                .AppendLine("  Your own  gcloud auth application-default login, then start with --project MY-PROJECT");
        }
        else
        {
            text.Append("  Mode      real projects: ").AppendLine(string.Join(", ", settings.Projects))
                .Append("  Data      ").AppendLine(dataFolder)
                .AppendLine("  Access    the address above holds a token for this start; whoever has it acts with your Google credentials");
        }

        return text.Append("  Stop with Ctrl+C.").ToString();
    }
}
