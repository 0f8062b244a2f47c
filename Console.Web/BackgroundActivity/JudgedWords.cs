using System.Globalization;
using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>What was measured or assumed of the logs, in sentences.</summary>
public static class JudgedWords
{
    /// <summary>The tolerances used.</summary>
    public static string Tolerance(ToleranceRange tolerance) => tolerance.Min.Equals(tolerance.Max)
        ? $"The tolerance used is {Milliseconds(tolerance.Median)} on every instance."
        : $"The tolerance used is {Milliseconds(tolerance.Min)} to {Milliseconds(tolerance.Max)}, half of the instances up to {Milliseconds(tolerance.Median)}.";

    /// <summary>What the timestamp of a request means in these logs.</summary>
    public static string Convention(RequestTimestamp timestamp) => timestamp == RequestTimestamp.End
        ? "The timestamp of a request is its end here, as in exports of 2021."
        : "The timestamp of a request is its start.";

    private static string Milliseconds(double value) => value.ToString("0.#", CultureInfo.InvariantCulture) + " ms";
}
