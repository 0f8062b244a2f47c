namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>Words of <see cref="CompletenessState"/> in files and addresses.</summary>
public static class CompletenessWords
{
    /// <summary>All states, the gravest first.</summary>
    public static IReadOnlyList<CompletenessState> All { get; } = Enum.GetValues<CompletenessState>();

    /// <summary><c>missing</c>, <c>late</c>, <c>undecidable</c>, <c>not-due</c> or <c>in-time</c>.</summary>
    public static string Word(this CompletenessState state) => state switch
    {
        CompletenessState.Missing => "missing",
        CompletenessState.Late => "late",
        CompletenessState.Undecidable => "undecidable",
        CompletenessState.NotDue => "not-due",
        _ => "in-time",
    };

    /// <summary>The state of a word; null when there is none.</summary>
    public static CompletenessState? Parse(string? word) => All.Where(state => state.Word() == word).Select(static state => (CompletenessState?)state).FirstOrDefault();
}
