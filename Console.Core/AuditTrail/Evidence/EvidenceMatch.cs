using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// Which leaves a filter means. All but free text is decided by what stands in clear in the leaf, so that whoever has the bundle decides the same;
/// actors are named by their pseudonyms there.
/// </summary>
internal sealed class EvidenceMatch
{
    private readonly AuditQueryFilter? _clear;
    private readonly IReadOnlyList<string> _words;

    /// <summary>Of a filter; null matches every event.</summary>
    /// <param name="query">The filter's query.</param>
    /// <param name="actorRefs">Pseudonyms of the actors that it wants.</param>
    /// <param name="exceptRefs">Pseudonyms of the actors that it leaves out.</param>
    public EvidenceMatch(AuditQuery? query, IReadOnlyList<string> actorRefs, IReadOnlyList<string> exceptRefs)
    {
        // An actor that is unknown has no pseudonym, and no events: a name that is none stands for it.
        _clear = query is null ? null : new AuditQueryFilter(query with
        {
            Text = null,
            From = null,
            To = null,
            Actors = query.Actors.Count == 0 ? [] : actorRefs.Count == 0 ? ["\0"] : actorRefs,
            Except = query.Except with { Actors = exceptRefs },
        });
        _words = AuditSearchWords.Of(query?.Text);
    }

    /// <summary>True when free text decides too, which needs the disclosed fields.</summary>
    public bool NeedsWords => _words.Count > 0;

    /// <summary>True when the fields in clear match.</summary>
    public bool HasClear(EventLeaf leaf) => _clear is null || _clear.Has(LeafReader.Open(leaf, []).Event, leaf.ActorRef);

    /// <summary>True when the words of the whole event match.</summary>
    public bool HasWords(AuditEvent opened) => _words.Count == 0 || AuditSearchWords.Match(AuditSearchWords.Of(opened), _words);
}
