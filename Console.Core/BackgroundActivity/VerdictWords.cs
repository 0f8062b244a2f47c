namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Words of <see cref="Verdict"/> and <see cref="RequestTimestamp"/> on the wire and on screens.</summary>
public static class VerdictWords
{
    /// <summary><c>quiet</c>, <c>at risk</c>, <c>has CPU</c> or <c>cannot tell</c>.</summary>
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Quiet => "quiet",
        Verdict.AtRisk => "at risk",
        Verdict.HasCpu => "has CPU",
        _ => "cannot tell",
    };

    /// <summary><c>start</c>, <c>end</c> or <c>auto</c>.</summary>
    public static string Word(this RequestTimestamp convention) => convention switch
    {
        RequestTimestamp.Start => "start",
        RequestTimestamp.End => "end",
        _ => "auto",
    };
}
