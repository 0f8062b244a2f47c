using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.Tests.AuditTrail.Merkle;

/// <summary>Hashes and roots of RFC 6962, against the vectors of transparency-dev/merkle (Apache-2.0) and against .NET's SHA-256.</summary>
public sealed class TreeHasherTests
{
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Fact]
    public void Empty_IsSha256OfNothing() => Assert.Equal("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", TreeHasher.Empty.ToString());

    [Theory]
    [InlineData("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData("L123456", "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")]
    public void Leaf_PublishedVector_HasItsHash(string leaf, string expected) =>
        Assert.Equal(expected, TreeHasher.Leaf(Encoding.UTF8.GetBytes(leaf)).ToHex());

    [Fact]
    public void Of_PublishedNodeVector_HasItsHash() =>
        // The vector's children are no hashes; the function below Node takes them all the same.
        Assert.Equal("aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb", Sha256.Of(1, "N123N456"u8).ToHex());

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void CompactRange_PublishedLeaves_HasTheirRoot(int size, string expected)
    {
        var range = new CompactRange();
        foreach (var leaf in Leaves.Take(size))
        {
            range.Append(TreeHasher.Leaf(Convert.FromHexString(leaf)));
        }

        Assert.Equal(expected, range.Root().ToHex());
    }

    [Fact]
    public void Of_AnyLength_IsWhatDotNetComputes()
    {
        var data = new byte[70_000];
        new Random(5).NextBytes(data);
        foreach (var length in Enumerable.Range(0, 200).Concat([4095, 4096, 4097, 65_535, 70_000]))
        {
            byte[] prefixed = [7, .. data.AsSpan(0, length)];
            var expected = Convert.ToHexStringLower(SHA256.HashData(prefixed));

            Assert.Equal(expected, Sha256.Of(7, data.AsSpan(0, length)).ToHex());
            Assert.Equal(expected, Sha256.Managed(7, data.AsSpan(0, length)).ToHex());
        }
    }

    [Fact]
    public void IsNative_OnLinux_IsTrue() => Assert.True(Sha256.IsNative || !OperatingSystem.IsLinux());

    [Fact]
    public void Root_EverySize_IsTheDefinition()
    {
        var leaves = Trees.Leaves(600);
        var range = new CompactRange();
        for (var size = 0; size <= leaves.Length; size++)
        {
            Assert.Equal(Trees.Root(leaves.AsSpan(0, size)), range.Root());
            Assert.Equal(range.Root(), new CompactRange(size, range.Hashes).Root());
            if (size < leaves.Length)
            {
                range.Append(leaves[size]);
            }
        }
    }

    [Fact]
    public void CompactRange_WrongNumberOfHashes_Throws() => Assert.Throws<ArgumentException>(() => new CompactRange(5, [default]));

    [Fact]
    public void TryParse_AnyHash_ReadsBackInOneSpellingOnly()
    {
        var bytes = Gen.Choose(0, 255).Select(static i => (byte)i).ArrayOf(32);
        Laws.Holds(bytes, static b =>
        {
            var text = new MerkleHash(b).ToString();

            // The last character before the = carries two bits that must be zero: another spelling of the same bytes.
            var other = $"{text.AsSpan(0, 42)}{"BCDFGHJKLNOPRSTVWXZabdefhijlmnpqrtuvxyz1235679+/"[b[0] % 48]}=";
            return MerkleHash.TryParse(text, out var read) && read == new MerkleHash(b)
                && !MerkleHash.TryParse(other, out _) && !MerkleHash.TryParse(text + " ", out _) && !MerkleHash.TryParse(text.AsSpan(0, 40), out _);
        });
    }
}
