namespace OpsConsole.Benchmarks.Generating;

/// <summary>Some instances that live at the same time, their entries in the order of writing.</summary>
internal sealed class Part
{
    private const int Services = 3;

    private readonly List<Ev> _events = [];

    public ByteWriter Entries { get; } = new();

    /// <summary>One line of truth for each container entry.</summary>
    public ByteWriter Truth { get; } = new();

    public int Count { get; private set; }

    public void Make(int seed, int number, int entries, long startNs, int instances)
    {
        var rng = Rng.Of(seed, number);
        _events.Clear();
        Entries.Clear();
        Truth.Clear();
        var lives = Math.Clamp(entries / 250, 1, instances);
        var writers = new EntryWriter[lives];
        for (var i = 0; i < lives; i++)
        {
            var profile = Profile.All[((number * instances) + i) % Profile.All.Count];
            writers[i] = new EntryWriter(profile, 1 + rng.Below(Services), 1 + (number / 50), ref rng);
            var life = new Life(profile, (number * instances) + i, startNs + (long)(rng.Between(0, 300) * 1e9), (int)(entries * 0.87 / lives));
            life.Run(ref rng);
            _events.AddRange(life.Events);
        }

        Strangers(ref rng);
        var events = _events.ToArray();
        var order = new long[events.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = events[i].WriteNs;
        }

        Array.Sort(order, events);
        foreach (ref readonly var e in events.AsSpan())
        {
            writers[e.Instance % instances % lives].Write(Entries, e, ref rng);
            if (e.Shape is LineShape.Text or LineShape.Json or LineShape.Access)
            {
                TruthOf(e);
            }
        }

        Count = events.Length;
    }

    // One entry in a hundred concerns no service: audit, jobs.
    private void Strangers(ref Rng rng)
    {
        for (var i = _events.Count / 100; i > 0; i--)
        {
            var at = _events[rng.Below(_events.Count)].WriteNs;
            _events.Add(new Ev
            {
                TrueNs = at,
                TimestampNs = at,
                WriteNs = at,
                Tail = (uint)rng.Next(),
                Shape = rng.Chance(0.5) ? LineShape.Audit : LineShape.Job,
            });
        }
    }

    private void TruthOf(in Ev e)
    {
        var word = e.Truth switch
        {
            Generating.Truth.InRequest => "in-request"u8,
            Generating.Truth.Boundary => "boundary"u8,
            Generating.Truth.AfterResponse => "after-response"u8,
            Generating.Truth.Resumed => "resumed"u8,
            Generating.Truth.IdleInstance => "idle-instance"u8,
            Generating.Truth.Startup => "startup"u8,
            Generating.Truth.Shutdown => "shutdown"u8,
            _ => "unattributed"u8,
        };
        Truth.Add("{\"insertId\":\""u8).InsertId(e.TimestampNs, e.Tail).Add("\",\"class\":\""u8).Add(word).Add("\",\"request\":"u8);
        Request(e.Named);
        Truth.Add(",\"tailSeconds\":"u8);
        if (e.Named is { } named && e.TrueNs > named.End)
        {
            var micros = (e.TrueNs - named.End) / 1000;
            Truth.Number(micros / 1_000_000).Add("."u8).Padded(micros % 1_000_000, 6);
        }
        else
        {
            Truth.Add("null"u8);
        }

        // Beyond the fixed fields: whether the line itself names its request, and whose work it truly is.
        Truth.Add(",\"joined\":"u8).Add(e.Owner is { } o && (o.Traced || o.Spanned) ? "true"u8 : "false"u8).Add(",\"owner\":"u8);
        Request(e.Owner);
        Truth.Add("}\n"u8);
    }

    private void Request(Req? request)
    {
        if (request is null)
        {
            Truth.Add("null"u8);
        }
        else
        {
            Truth.Add("\""u8).InsertId(request.WriteNs, request.WriteTail).Add("\""u8);
        }
    }
}
