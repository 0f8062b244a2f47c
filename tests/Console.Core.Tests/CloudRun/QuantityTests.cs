using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("1", 1000)]
    [InlineData("1000m", 1000)]
    [InlineData("0.08", 80)]
    [InlineData("80m", 80)]
    [InlineData("0.5", 500)]
    [InlineData("8", 8000)]
    public void TryParseCpuMillis_BothSpellings_AreThousandths(string text, int expected)
    {
        Assert.True(Quantity.TryParseCpuMillis(text, out var millis));
        Assert.Equal(expected, millis);
    }

    [Theory]
    [InlineData("512Mi", 536_870_912L)]
    [InlineData("512M", 512_000_000L)]
    [InlineData("2Gi", 2_147_483_648L)]
    [InlineData("0.5Gi", 536_870_912L)]
    [InlineData("1G", 1_000_000_000L)]
    [InlineData("131072k", 131_072_000L)]
    [InlineData("536870912", 536_870_912L)]
    public void TryParseBytes_BinaryAndDecimalUnits_Differ(string text, long expected)
    {
        Assert.True(Quantity.TryParseBytes(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("Mi")]
    [InlineData("-1")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("99999999999999999999Gi")]
    public void TryParse_SomethingElse_IsRefused(string? text)
    {
        Assert.False(Quantity.TryParseBytes(text, out _));
        Assert.False(Quantity.TryParseCpuMillis(text, out _));
    }

    [Theory]
    [InlineData("1000m", "1 CPU")]
    [InlineData("0.5", "0.5 CPU")]
    [InlineData("lots", "lots")]
    public void FormatCpu_AnySpelling_IsOneForPeople(string text, string expected) => Assert.Equal(expected, Quantity.FormatCpu(text));

    [Theory]
    [InlineData("512Mi", "512 MiB")]
    [InlineData("2048Mi", "2 GiB")]
    [InlineData("3840Mi", "3.75 GiB")]
    [InlineData("4097Mi", "4097 MiB")]
    [InlineData("16385Mi", "16385 MiB")]
    [InlineData("1G", "953.67 MiB")]
    [InlineData("", "")]
    public void FormatMemory_AnySpelling_IsOneForPeople(string text, string expected) => Assert.Equal(expected, Quantity.FormatMemory(text));

    [Fact]
    public void TryParseCpuMillis_AnyThousandth_ReadsBackFromBothSpellings() =>
        Prop.ForAll(
            Gen.Choose(0, 1_000_000).ToArbitrary(),
            static millis =>
                Quantity.TryParseCpuMillis(FormattableString.Invariant($"{millis}m"), out var a) && a == millis
                && Quantity.TryParseCpuMillis((millis / 1000m).ToString(System.Globalization.CultureInfo.InvariantCulture), out var b) && b == millis)
            .QuickCheckThrowOnFailure();
}
