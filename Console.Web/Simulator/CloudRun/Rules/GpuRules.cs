namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>GPUs; https://docs.cloud.google.com/run/docs/configuring/services/gpu (an L4 needs 4 CPU and 16 GiB).</summary>
internal static class GpuRules
{
    public static ApiError? Check(Template template)
    {
        if (template.Gpus == 0)
        {
            return null;
        }

        if (template.Json.Child("nodeSelector").Text("accelerator").Length == 0)
        {
            // Wording UNCONFIRMED.
            return ApiError.InvalidArgument("template.node_selector.accelerator: An accelerator must be specified when GPUs are requested.");
        }

        if (template.Unthrottled is false)
        {
            // The rule is documented (GPUs are billed with the instance), its wording UNCONFIRMED.
            return ApiError.InvalidArgument("template.containers.resources.cpu_idle: GPUs require CPU to be always allocated (cpu_idle must be false).");
        }

        if (template.MilliCpu < 4000 || template.Memory < 16 * Quantity.Gibi)
        {
            return ApiError.InvalidArgument(
                "template.containers.resources.limits: GPUs of type nvidia-l4 require at least 4 CPU and 16Gi of memory.");
        }

        return template.Json.Child("scaling").Number("maxInstanceCount") > 3
            ? ApiError.InvalidArgument("scaling.max_instance_count: Max instances must be set to 3 or fewer in order to set GPU requirements.")
            : null;
    }
}
