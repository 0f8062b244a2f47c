namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What a container's line says about the request it belongs to. In the wild it is nearly always nothing.</summary>
internal enum TraceStyle
{
    None,

    /// <summary><c>logging.googleapis.com/trace</c> and <c>…/spanId</c>, as structured logging with the headers read does.</summary>
    TraceAndSpan,

    /// <summary>The span id alone, in decimal, as functions-framework writes it.</summary>
    DecimalSpan,
}
