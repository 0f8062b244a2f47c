namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>A leaf that was built, and what opens its commitments.</summary>
/// <param name="Bytes">The leaf: store and hash these bytes, never write them anew.</param>
/// <param name="Disclosures">Its disclosures, packed (<see cref="Disclosure.Unpack"/>); empty when there are none.</param>
public readonly record struct BuiltLeaf(byte[] Bytes, byte[] Disclosures);
