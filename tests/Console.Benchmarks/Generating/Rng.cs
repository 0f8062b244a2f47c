namespace OpsConsole.Benchmarks.Generating;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine and version.</summary>
internal struct Rng(ulong seed)
{
    private ulong _state = seed;

    public static Rng Of(int seed, int part) => new(((ulong)(uint)seed << 32 | (uint)part) * 0xD134_2543_DE82_EF95 + 1);

    public ulong Next()
    {
        var z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int bound) => (int)(Unit() * bound);

    public bool Chance(double probability) => Unit() < probability;

    public double Between(double low, double high) => low + (Unit() * (high - low));

    /// <summary>Exponential with a mean.</summary>
    public double Exp(double mean) => -Math.Log(1 - Unit()) * mean;
}
