namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Ids that look like Google's, in an order that the seed decides.</summary>
internal sealed class Ids(int seed)
{
    private const string Letters = "bcdfghjklmnpqrstvwxz";

    private readonly Lock gate = new();

    // Not for secrets: two simulators with one seed must name their revisions alike.
#pragma warning disable CA5394
    private readonly Random random = new(seed);

    /// <summary>Three letters without vowels: <c>kqz</c>.</summary>
    public string Suffix()
    {
        lock (gate)
        {
            return string.Concat(Enumerable.Range(0, 3).Select(_ => Letters[random.Next(Letters.Length)]));
        }
    }

    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate)
        {
            random.NextBytes(bytes);
        }

        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes).ToString();
    }
#pragma warning restore CA5394
}
