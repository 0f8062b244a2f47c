namespace OpsConsole.Core.Changes.Rules;

/// <summary>Something that Cloud Run does not take. A rule looks at settings as a whole; who is to blame, it learns from what was changed.</summary>
internal interface IRule
{
    /// <summary>What is wrong, and the addition to the change that mends it; null where all is well.</summary>
    /// <param name="document">The settings as they would be.</param>
    /// <param name="changed">True for a setting that the change touches; the argument is the end of its path.</param>
    Violation? Find(ServiceDocument document, Func<string, bool> changed);
}
