using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Changes.Receipts;

namespace OpsConsole.Core.Tests.Changes.Receipts;

public sealed class EntryDigestTests
{
    [Fact]
    public void Of_TwoEntries_IsTheHashOfTheirCanonicalLinesInOrder()
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData("{\"a\":1,\"b\":2}\n{\"c\":3}\n"u8));

        Assert.Equal((expected, 2), EntryDigest.Of(Bytes("{\"c\": 3}", "{ \"b\":2.0, \"a\":1 }")));
    }

    [Fact]
    public void Of_AnyOrderAndRepetition_IsTheSame() => Prop.ForAll(
        Gen.Choose(0, 50).ListOf().ToArbitrary(),
        Gen.Choose(0, 1000).ToArbitrary(),
        static (numbers, seed) =>
        {
            var entries = numbers.Select(static n => $"{{\"n\":{n}}}").ToArray();
            var shuffled = entries.Concat(entries).ToArray();
            new Random(seed).Shuffle(shuffled);
            return EntryDigest.Of(Bytes(entries)) == EntryDigest.Of(Bytes(shuffled));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_OneEntryChanged_IsAnother() => Prop.ForAll(
        Gen.Choose(0, 50).NonEmptyListOf().ToArbitrary(),
        static numbers =>
        {
            var entries = numbers.Select(static n => $"{{\"n\":{n}}}").ToArray();
            var changed = (string[])entries.Clone();
            changed[0] = "{\"n\":51}";
            return EntryDigest.Of(Bytes(entries)) != EntryDigest.Of(Bytes(changed));
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<ReadOnlyMemory<byte>> Bytes(params string[] entries) => entries.Select(static e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e));
}
