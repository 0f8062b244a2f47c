namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Where a line lies relative to its own request.</summary>
internal static class LineTimes
{
    /// <summary>in-request, boundary or after-response; the server's own access line is never late.</summary>
    public static EntryClass ClassOf(RequestEnds ends, int request, long time, long tolerance, bool isAccess)
    {
        if (time <= ends.SureEnd[request])
        {
            return isAccess && time >= ends.SureEnd[request] - Rules.StartSlack ? EntryClass.Boundary : EntryClass.InRequest;
        }

        return time <= ends.End[request] + tolerance || isAccess || ends.Kind[request] == EndKind.Unknown
            ? EntryClass.Boundary
            : EntryClass.AfterResponse;
    }
}
