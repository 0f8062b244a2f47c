using System.Buffers.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>
/// Builds the bytes of leaves. The form has only strings and small whole numbers, so writing its properties in the order of RFC 8785 and its strings by
/// the same is canonical JSON. Buffers and random bytes are used again from leaf to leaf: keep one builder for each thread, it is not for two at once.
/// </summary>
public sealed class LeafBuilder
{
    private const int DigestLength = 43;

    private readonly Utf8Text _plain = new();
    private readonly Utf8Text _disclosures = new(2048);
    private readonly Utf8Text _leaf = new();
    private readonly Utf8Text _commitments = new(1024);
    private readonly SaltSource _salts = new();

    /// <summary>A pseudonym for an actor that has none yet.</summary>
    public string NewActorRef()
    {
        Span<byte> random = stackalloc byte[16];
        _salts.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>Builds the leaf of an event. Salts are new each time, so two builds of one event differ.</summary>
    /// <exception cref="ArgumentException">It would have more than 65,535 bytes; events that were checked never do.</exception>
    public BuiltLeaf Build(AuditEvent e, in LeafPosition position)
    {
        Build(e, position, out var leaf, out _, out var disclosures);
        return new BuiltLeaf(leaf.ToArray(), disclosures.ToArray());
    }

    /// <summary>The same in this builder's own memory: it is there until the next leaf is built.</summary>
    /// <param name="e">The event.</param>
    /// <param name="position">Its place.</param>
    /// <param name="leaf">The bytes of the leaf.</param>
    /// <param name="refAt">Where the actor's pseudonym begins in them.</param>
    /// <param name="disclosures">Packed.</param>
    internal void Build(AuditEvent e, scoped in LeafPosition position, out ReadOnlySpan<byte> leaf, out int refAt, out ReadOnlySpan<byte> disclosures)
    {
        _disclosures.Clear();
        _commitments.Clear();
        Commit("\"actor.displayName\""u8, e.Actor.DisplayName);
        Commit("\"actor.id\""u8, e.Actor.Id);
        Commit("\"actor.ip\""u8, e.Actor.Ip);
        Commit("\"actor.onBehalfOf\""u8, e.Actor.OnBehalfOf);
        Commit("\"actor.session\""u8, e.Actor.Session);
        Commit("\"actor.userAgent\""u8, e.Actor.UserAgent);
        Commit("\"after\""u8, e.After);
        Commit("\"before\""u8, e.Before);
        Commit("\"details\""u8, e.Details);
        Commit("\"reason\""u8, e.Reason);

        _leaf.Clear();
        _leaf.Raw("{\"action\":"u8).String(e.Action)
            .Raw(",\"actor\":{\"ref\":"u8);
        refAt = _leaf.Length + 1;
        _leaf.String(position.ActorRef).Raw(",\"type\":"u8).String(AuditWords.Of(e.Actor.Type))
            .Raw("},\"appendedBy\":"u8).String(position.AppendedBy)
            .Raw(",\"id\":"u8).String(e.Id)
            .Raw(",\"outcome\":"u8).String(AuditWords.Of(e.Outcome))
            .Raw(",\"recordedAt\":"u8).Time(position.RecordedAt);
        if (e.Resource is { } resource)
        {
            _leaf.Raw(",\"resource\":{"u8);
            Property("\"id\":"u8, resource.Id);
            Property("\"location\":"u8, resource.Location);
            Property("\"name\":"u8, resource.Name);
            Property("\"project\":"u8, resource.Project);
            Property("\"type\":"u8, resource.Type);
            _leaf.Raw("}"u8);
        }

        _leaf.Raw(",\"schemaVersion\":"u8).Number(e.SchemaVersion)
            .Raw(",\"sd\":{"u8).Raw(_commitments.Span)
            .Raw("},\"seq\":\""u8).Number(position.Sequence).Raw("\""u8);
        if (e.Source is { } source)
        {
            _leaf.Raw(",\"source\":{"u8);
            Property("\"instance\":"u8, source.Instance);
            Property("\"revision\":"u8, source.Revision);
            Property("\"service\":"u8, source.Service);
            _leaf.Raw("}"u8);
        }

        Property("\"spanId\":"u8, e.SpanId);
        _leaf.Raw(",\"time\":"u8).Time(e.Time);
        Property("\"traceId\":"u8, e.TraceId);
        _leaf.Raw(",\"type\":\"event\",\"v\":1,\"via\":"u8).String(AuditWords.Of(position.Via))
            .Raw(",\"workspace\":"u8).String(e.Workspace).Raw("}"u8);
        if (_leaf.Length > Leaf.MaxBytes)
        {
            throw new ArgumentException($"The leaf of event {e.Id} would have {_leaf.Length} bytes; at most {Leaf.MaxBytes} fit.", nameof(e));
        }

        leaf = _leaf.Span;
        disclosures = _disclosures.Span;
    }

    /// <summary>Builds the leaf of numbers that were never committed.</summary>
    public byte[] Build(VoidLeaf leaf)
    {
        _leaf.Clear();
        return _leaf.Raw("{\"from\":\""u8).Number(leaf.From).Raw("\",\"recordedAt\":"u8).Time(leaf.RecordedAt)
            .Raw(",\"to\":\""u8).Number(leaf.To).Raw("\",\"type\":\"void\",\"v\":1}"u8).ToArray();
    }

    /// <summary>Builds the leaf of an event that was taken away before it was sealed.</summary>
    public byte[] Build(MissingLeaf leaf)
    {
        _leaf.Clear();
        return _leaf.Raw("{\"id\":"u8).String(leaf.Id).Raw(",\"recordedAt\":"u8).Time(leaf.RecordedAt)
            .Raw(",\"seq\":\""u8).Number(leaf.Sequence).Raw("\",\"type\":\"missing\",\"v\":1,\"workspace\":"u8).String(leaf.Workspace).Raw("}"u8).ToArray();
    }

    private void Commit(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            BeginDisclosure(name).String(value);
            EndDisclosure(name);
        }
    }

    private void Commit(ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } present)
        {
            BeginDisclosure(name).Minified(present);
            EndDisclosure(name);
        }
    }

    private Utf8Text BeginDisclosure(ReadOnlySpan<byte> name)
    {
        Span<byte> salt = stackalloc byte[16];
        _salts.Fill(salt);
        _plain.Clear();
        return _plain.Raw("[\""u8).Base64Url(salt).Raw("\","u8).Raw(name).Raw(","u8);
    }

    private void EndDisclosure(ReadOnlySpan<byte> name)
    {
        _plain.Raw("]"u8);
        if (_disclosures.Length > 0)
        {
            _disclosures.Raw("~"u8);
            _commitments.Raw(","u8);
        }

        var from = _disclosures.Length;
        _disclosures.Base64Url(_plain.Span);
        var digest = Sha256.Of(_disclosures.Span[from..]);
        _commitments.Raw(name).Raw(":\""u8);
        Base64Url.EncodeToUtf8(digest.Bytes, _commitments.Take(DigestLength), out _, out _);
        _commitments.Raw("\""u8);
    }

    private void Property(ReadOnlySpan<byte> nameAndColon, string? value)
    {
        if (value is not null)
        {
            _leaf.Raw(_leaf.Span[^1] == (byte)'{' ? ""u8 : ","u8).Raw(nameAndColon).String(value);
        }
    }
}
