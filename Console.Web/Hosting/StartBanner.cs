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

        var shown = settings.Demo ? "a simulated project (acme-prod), not connected to Google" : string.Join(", ", settings.Projects);
        text.Append("  Mode      ").AppendLine(settings.IdentityMode switch
        {
            IdentityMode.Demo => $"demo: {shown}",
            IdentityMode.Iap => $"Identity-Aware Proxy; projects: {shown}",
            _ => $"real projects: {shown}",
        });
        if (simulator is not null)
        {
            text.Append("  Simulator ").AppendLine($"{simulator}");
        }

        text.Append("  Data      ").AppendLine(dataFolder);
        text.AppendLine(settings.IdentityMode switch
        {
            IdentityMode.Demo => "  Your own  gcloud auth application-default login, then start with --project MY-PROJECT",
            IdentityMode.Iap when settings.Roles.Admin.Count > 0 => "  Access    roles of the settings and of the page /admin/roles",
            IdentityMode.Iap => "  Access    nobody is named as administrator (OpsConsole:Roles:Admin): roles can be given in the settings only",
            _ => "  Access    the address above holds a token for this start; whoever has it acts with your Google credentials",
        });
        return text.Append("  Stop with Ctrl+C.").ToString();
    }
}
