using System.Runtime.InteropServices;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Actors, each once, by numbers from 0 on in the order in which they were seen.</summary>
internal sealed class ActorNumbers
{
    private readonly Dictionary<ActorKey, int> _numbers = [];
    private readonly List<(ActorKey Key, string? DisplayName)> _all = [];

    /// <summary>All of them, with the name at their first event.</summary>
    public IReadOnlyList<(ActorKey Key, string? DisplayName)> All => _all;

    /// <summary>The number of an actor.</summary>
    public int Of(ActorKey key, string? displayName)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, key, out var known);
        if (!known)
        {
            number = _all.Count;
            _all.Add((key, displayName));
        }

        return number;
    }
}
