namespace OpsConsole.Web.Controls;

/// <summary>A qualifier that a filter box understands.</summary>
/// <typeparam name="TRow">What is filtered.</typeparam>
/// <param name="Key">What one types before the colon, in lower case.</param>
/// <param name="Meaning">What it is, in a few words, for the list of qualifiers.</param>
/// <param name="Example">For example <c>region:europe</c>.</param>
/// <param name="Texts">The values of a row.</param>
/// <param name="Number">The number of a row, where comparisons make sense; null where a row has none.</param>
public sealed record FilterField<TRow>(
    string Key, string Meaning, string Example, Func<TRow, IEnumerable<string>> Texts, Func<TRow, double?>? Number = null);
