using OpsConsole.Core.Changes;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>What the inputs of a form came to.</summary>
/// <param name="Change">The change; null where an input cannot be read.</param>
/// <param name="Problem">What is wrong, for people; empty where nothing is.</param>
/// <param name="Field">Key of the input at fault; empty where none is.</param>
public sealed record FormReading(Change? Change, string Problem = "", string Field = "")
{
    /// <summary>An input that cannot be read.</summary>
    public static FormReading Bad(string field, string problem) => new(null, problem, field);
}
