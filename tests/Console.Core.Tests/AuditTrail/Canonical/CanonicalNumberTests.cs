using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Canonical;

namespace OpsConsole.Core.Tests.AuditTrail.Canonical;

/// <summary>
/// Numbers of RFC 8785 against the file es6testfile100m of cyberphone/json-canonicalization: its sequence of doubles is generated here
/// after the rule that is published beside it, and the hash of the lines is compared with the published one.
/// </summary>
public sealed class CanonicalNumberTests
{
    [Theory]
    [InlineData(1_000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687")]
    [InlineData(10_000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892")]
    [InlineData(100_000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7")]
    [InlineData(1_000_000, "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16")]
    public void Format_PublishedSequence_HasThePublishedHash(int lines, string expected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> line = stackalloc byte[64];
        foreach (var bits in Es6TestNumbers.Sequence().Take(lines))
        {
            // hex-ieee,expected
            Utf8Formatter.TryFormat(bits, line, out var length, new System.Buffers.StandardFormat('x'));
            line[length++] = (byte)',';
            length += CanonicalNumber.Format(BitConverter.UInt64BitsToDouble(bits), line[length..]);
            line[length++] = (byte)'\n';
            hash.AppendData(line[..length]);
        }

        Assert.Equal(expected, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Theory]
    [InlineData(0x0000_0000_0000_07e8, "1e-320")]
    [InlineData(0x4340_0000_0000_0001, "9007199254740994")]
    [InlineData(0x444b_1ae4_d6e2_ef50, "1e+21")]
    [InlineData(0x3eb0_c6f7_a0b5_ed8d, "0.000001")]
    [InlineData(0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7")]
    public void Format_SampleLine_IsSpelledAsPublished(long bits, string expected) => Assert.Equal(expected, Format(BitConverter.Int64BitsToDouble(bits)));

    [Fact]
    public void Format_AnyFiniteDouble_ReadsBack()
    {
        var doubles = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(static p => BitConverter.Int64BitsToDouble(((long)p.Item1 << 32) | (uint)p.Item2));
        Laws.Holds(doubles.Where(double.IsFinite), static value => double.Parse(Format(value), CultureInfo.InvariantCulture) == value);
    }

    private static string Format(double value)
    {
        Span<byte> room = stackalloc byte[64];
        return Encoding.UTF8.GetString(room[..CanonicalNumber.Format(value, room)]);
    }
}
