namespace OpsConsole.Web.Simulator.Workload;

/// <summary>Random numbers that are the same for a seed in every run and on every runtime (SplitMix64).</summary>
internal sealed class Seeded(ulong seed)
{
    private ulong state = seed;

    /// <summary>A stream of its own for a name, so that what one service draws does not change another.</summary>
    public static Seeded For(int seed, string name)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return new Seeded(hash);
    }

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>In [0, 1).</summary>
    public double Unit() => (Next() >> 11) / (double)(1UL << 53);

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>In [low, high).</summary>
    public int Between(int low, int high) => low + (int)(Unit() * (high - low));

    /// <summary>In [low, high).</summary>
    public double Between(double low, double high) => low + (Unit() * (high - low));

    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    /// <summary>Long-tailed, as latencies are.</summary>
    public double LogNormal(double median, double sigma)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
        return median * Math.Exp(sigma * normal);
    }

    public T Pick<T>(params ReadOnlySpan<T> items) => items[(int)(Unit() * items.Length)];

    /// <summary>Lower-case hexadecimal digits.</summary>
    public string Hex(int digits) => string.Create(digits, this, static (span, random) =>
    {
        ulong bits = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (i % 16 == 0)
            {
                bits = random.Next();
            }

            span[i] = "0123456789abcdef"[(int)(bits & 15)];
            bits >>= 4;
        }
    });
}
