using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Leaves;

public sealed class LeafTests
{
    private static readonly DateTimeOffset Recorded = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(7);
    private readonly LeafBuilder _builder = new();

    [Fact]
    public void Open_LeafWithItsDisclosures_IsTheEvent() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<int>(seed =>
        {
            var e = AnyEvent.Of(new System.Random(seed));
            var built = _builder.Build(e, Position(seed));

            var leaf = Read(built.Bytes);
            var opened = LeafReader.Open(leaf, built.Disclosures);

            Assert.Empty(opened.Problems);
            Assert.Empty(opened.Erased);
            Assert.Equal(AuditEventWriter.Print(e), AuditEventWriter.Print(opened.Event));
            Assert.Equal((Math.Abs((long)seed), Recorded, AuditVia.Sql, "app \"role\""), (leaf.Sequence, leaf.RecordedAt, leaf.Via, leaf.AppendedBy));
        }));

    [Fact]
    public void Build_AnyEvent_HasItsPropertiesInTheOrderOfRfc8785AndNoWhiteSpace() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<int>(seed =>
        {
            var bytes = _builder.Build(AnyEvent.Of(new System.Random(seed)), Position(seed)).Bytes;

            AssertSorted(JsonElement.Parse(bytes));
            Assert.DoesNotContain((byte)'\n', bytes);
        }));

    [Fact]
    public void Build_Committed_AreNotInClear()
    {
        var e = AnyEvent.Of(new System.Random(1)) with
        {
            Actor = new AuditActor { Type = AuditActorType.User, Id = "secret-id", DisplayName = "secret-name", Ip = "192.0.2.77", Session = "secret-s", UserAgent = "secret-ua", OnBehalfOf = "secret-o" },
            Reason = "secret-reason",
            Before = JsonElement.Parse("\"secret-before\""),
            After = JsonElement.Parse("\"secret-after\""),
            Details = JsonElement.Parse("\"secret-details\""),
        };

        var built = _builder.Build(e, Position(1));

        var text = Encoding.UTF8.GetString(built.Bytes);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.77", text, StringComparison.Ordinal);
        Assert.Equal(CommittedFields.All, Read(built.Bytes).Commitments.Select(static c => c.Key));
    }

    [Fact]
    public void Build_OneEvent_IsThisText()
    {
        var e = new AuditEvent
        {
            Id = "k-1",
            Time = Recorded,
            Workspace = "acme",
            Action = "invoice.approve",
            Outcome = AuditOutcome.Denied,
            Actor = new AuditActor { Type = AuditActorType.User, Id = "ada" },
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00f067aa0ba902b7",
            Resource = new AuditResource { Type = "invoice", Id = "7" },
            Source = new AuditSource { Service = "billing", Instance = "i" },
        };

        var built = _builder.Build(e, new LeafPosition(12, Recorded, AuditVia.CloudAuditLogs, "console", "cmVm"));

        var digest = Disclosure.Parse(built.Disclosures)!.Digest;
        Assert.Equal(
            "{\"action\":\"invoice.approve\",\"actor\":{\"ref\":\"cmVm\",\"type\":\"user\"},\"appendedBy\":\"console\",\"id\":\"k-1\",\"outcome\":\"denied\","
            + "\"recordedAt\":\"2026-03-01T09:30:00.000007Z\",\"resource\":{\"id\":\"7\",\"type\":\"invoice\"},\"schemaVersion\":1,\"sd\":{\"actor.id\":\"" + digest + "\"},\"seq\":\"12\","
            + "\"source\":{\"instance\":\"i\",\"service\":\"billing\"},\"spanId\":\"00f067aa0ba902b7\",\"time\":\"2026-03-01T09:30:00.000007Z\","
            + "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"type\":\"event\",\"v\":1,\"via\":\"cloudAuditLogs\",\"workspace\":\"acme\"}",
            Encoding.UTF8.GetString(built.Bytes));
    }

    [Fact]
    public void Build_TheSameEventTwice_HasOtherSalts()
    {
        var e = AnyEvent.Of(new System.Random(3));

        Assert.NotEqual(_builder.Build(e, Position(3)).Disclosures, _builder.Build(e, Position(3)).Disclosures);
    }

    [Fact]
    public void Open_AnyCharacterOfADisclosureChanged_IsAProblem() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            var built = _builder.Build(AnyEvent.Of(random), Position(seed));
            var changed = (byte[])built.Disclosures.Clone();
            var at = random.Next(changed.Length);
            changed[at] = (byte)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~"[random.Next(65)];

            var opened = LeafReader.Open(Read(built.Bytes), changed);

            Assert.Equal(changed.SequenceEqual(built.Disclosures), opened.Problems.Count == 0 && opened.Erased.Count == 0);
        }));

    [Fact]
    public void Open_FieldErased_IsReportedAndTheRestStays()
    {
        var e = AnyEvent.Of(new System.Random(5)) with
        {
            Actor = new AuditActor { Type = AuditActorType.User, Id = "ada@acme.example", DisplayName = "Ada" },
            Reason = "stays",
        };
        var built = _builder.Build(e, Position(5));

        var opened = LeafReader.Open(Read(built.Bytes), Disclosure.Without(built.Disclosures, [CommittedFields.ActorId, CommittedFields.ActorDisplayName]));

        Assert.Equal([CommittedFields.ActorDisplayName, CommittedFields.ActorId], opened.Erased);
        Assert.Equal((Position(5).ActorRef, null, "stays"), (opened.Event.Actor.Id, opened.Event.Actor.DisplayName, opened.Event.Reason));
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public void Open_AFieldTwice_IsAProblem()
    {
        var built = _builder.Build(AnyEvent.Of(new System.Random(6)), Position(6));
        var first = built.Disclosures.TakeWhile(static b => b != Disclosure.Separator);

        var opened = LeafReader.Open(Read(built.Bytes), [.. built.Disclosures, Disclosure.Separator, .. first]);

        Assert.Contains("twice", Assert.Single(opened.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DisclosureOfAnotherEvent_IsAProblem()
    {
        var e = AnyEvent.Of(new System.Random(6));
        var (one, other) = (_builder.Build(e, Position(6)), _builder.Build(e, Position(6)));

        var opened = LeafReader.Open(Read(one.Bytes), other.Disclosures);

        Assert.Equal(Read(one.Bytes).Commitments.Count, opened.Problems.Count);
        Assert.All(opened.Problems, static p => Assert.Contains("it was changed", p, StringComparison.Ordinal));
    }

    [Fact]
    public void TryRead_VoidAndMissing_AreReadBack()
    {
        var gone = new VoidLeaf(17, 19, Recorded);
        var missing = new MissingLeaf("acme \"1\"", "k-1", 20, Recorded);

        Assert.True(LeafReader.TryRead(_builder.Build(gone), out var first, out _));
        Assert.True(LeafReader.TryRead(_builder.Build(missing), out var second, out _));
        Assert.Equal<Leaf>([gone, missing], [first, second]);
        Assert.Equal("""{"from":"17","recordedAt":"2026-03-01T09:30:00.000007Z","to":"19","type":"void","v":1}""", Encoding.UTF8.GetString(_builder.Build(gone)));
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2", "version 2")]
    [InlineData("\"type\":\"event\"", "\"type\":\"other\"", "type 'other'")]
    [InlineData("\"v\":1", "\"v\":1,\"vv\":1", "properties that this console does not know")]
    [InlineData("\"seq\":\"7\"", "\"seq\":7", "seq is not a string")]
    [InlineData("\"sd\":{", "\"sd\":{\"actor.shoe\":\"x\",", "properties that this console does not know")]
    [InlineData("{\"action\"", "[{\"action\"", "not valid JSON")]
    public void TryRead_NoLeaf_SaysWhy(string from, string to, string expected)
    {
        var text = Encoding.UTF8.GetString(_builder.Build(AnyEvent.Of(new System.Random(7)), Position(7)).Bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.False(LeafReader.TryRead(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    private static EventLeaf Read(byte[] bytes)
    {
        Assert.True(LeafReader.TryRead(bytes, out var leaf, out var problem), problem);
        return Assert.IsType<EventLeaf>(leaf);
    }

    private static LeafPosition Position(int seed) => new(Math.Abs((long)seed), Recorded, AuditVia.Sql, "app \"role\"", "AAAAAAAAAAAAAAAAAAAAAA");

    private static void AssertSorted(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var names = element.EnumerateObject().Select(static p => p.Name).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            Assert.All(element.EnumerateObject(), static p => AssertSorted(p.Value));
        }
    }
}
