namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>Who works on the seeded fleet, and with what.</summary>
internal static class People
{
    public const string Maria = "maria.lind@acme.example";

    public const string Tomas = "tomas.berg@acme.example";

    public const string Aiko = "aiko.sato@acme.example";

    public const string DeployBot = "deploy-bot@acme-prod.iam.gserviceaccount.com";

    public const string Terraform = "terraform@acme-prod.iam.gserviceaccount.com";

    /// <summary>The client that an account works with: goes into <c>client</c> and the audit log's user agent.</summary>
    public static (string Client, string Version, string UserAgent) ClientOf(string account) => account switch
    {
        DeployBot => ("gcloud", "528.0.0", "google-cloud-sdk gcloud/528.0.0 command/gcloud.run.deploy,gzip(gfe)"),
        Terraform => ("terraform", "", "google-api-go-client/0.5 Terraform/1.9.5 terraform-provider-google/6.12.0,gzip(gfe)"),
        _ => ("cloud-console", "", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36,gzip(gfe)"),
    };
}
