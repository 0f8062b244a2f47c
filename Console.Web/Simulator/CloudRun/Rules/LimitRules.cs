using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>
/// Concurrency 1 to 1000 and timeout 1 to 3600 s; https://docs.cloud.google.com/run/docs/configuring/concurrency and
/// /request-timeout. The wordings are UNCONFIRMED.
/// </summary>
internal static class LimitRules
{
    public static ApiError? Check(Template template)
    {
        if (template.Concurrency is < 0 or > 1000)
        {
            return ApiError.InvalidArgument(
                "template.max_instance_request_concurrency: Invalid value specified for concurrency. The value must be between 1 and 1000.");
        }

        return WireTime.TryDuration(template.Json.Text("timeout"), out var timeout)
            && (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromSeconds(3600))
                ? ApiError.InvalidArgument("template.timeout: Invalid value specified for timeout. The value must be between 1 and 3600 seconds.")
                : null;
    }
}
