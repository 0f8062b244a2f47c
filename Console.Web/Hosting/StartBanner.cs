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
            text.Append("  Address   ").AppendLine(settings.IdentityMode == IdentityMode.Local ? $"{address}/sign-in?token={token.Value}" : address);
        }

        if (settings.Demo)
        {
            text.AppendLine("  Mode      demo: a simulated project (acme-prod), not connected to Google")
                .Append("  Simulator ").AppendLine($"{simulator}")
                .Append("  Data      ").AppendLine(dataFolder)
                .AppendLine("  Your own  gcloud auth application-default login, then start with --project MY-PROJECT");
        }
        else if (settings.IdentityMode == IdentityMode.Iap)
        {
            text.Append("  Mode      Identity-Aware Proxy; projects: ").AppendLine(string.Join(", ", settings.Projects))
                .Append("  Data      ").AppendLine(dataFolder)
                .Append("  Access    ").AppendLine(settings.Roles.Admin.Count > 0
                    ? "roles of the settings and of the page /admin/roles"
                    : "nobody is named as administrator (OpsConsole:Roles:Admin): roles can be given in the settings only");
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
