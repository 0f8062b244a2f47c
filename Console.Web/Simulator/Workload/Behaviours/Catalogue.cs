namespace OpsConsole.Web.Simulator.Workload.Behaviours;

/// <summary>Which program each service of the demo project is.</summary>
internal static class Catalogue
{
    public static ServiceBehaviour Of(string service) => service switch
    {
        "checkout" => new Checkout(),
        "accounts" => new Accounts(),
        "telemetry" => new Telemetry(),
        "catalog" => new Catalog(),
        "billing" => new Billing(),
        "search" => new Search(),
        "thumbnails" => new Thumbnails(),
        "reports" => new Reports(),
        "pricing" => new Pricing(),
        "partner-gateway" => new PartnerGateway(),
        "webhooks" => new Webhooks(),
        "storefront" => new Storefront(),
        _ => new Hello(),
    };
}
