using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.Tests.ProtoJson;

public sealed class ProtoJsonTests
{
    [Theory]
    [InlineData("300s", 3_000_000_000L)]
    [InlineData("0s", 0L)]
    [InlineData("0.5s", 5_000_000L)]
    [InlineData("60.369159188s", 603_691_591L)]
    [InlineData("0.000000100s", 1L)]
    [InlineData("-1.5s", -15_000_000L)]
    public void Duration_ZeroToNineDecimals_AreRead(string text, long ticks)
    {
        Assert.True(ProtoDuration.TryParse(text, out var value));
        Assert.Equal(ticks, value.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("300")]
    [InlineData("1.s")]
    [InlineData(".5s")]
    [InlineData("1.0000000000s")]
    [InlineData("1m")]
    [InlineData("1,5s")]
    [InlineData("+1s")]
    [InlineData("999999999999999999s")]
    public void Duration_SomethingElse_IsRefused(string text) => Assert.False(ProtoDuration.TryParse(text, out _));

    [Fact]
    public void Duration_Printed_ReadsBack() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            ArbMap.Default.ArbFor<int>(),
            static (a, b) =>
            {
                var value = new TimeSpan(((long)a << 20) ^ b);
                return ProtoDuration.TryParse(ProtoDuration.Format(value), out var read) && read == value;
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-06-13T21:23:11Z", 0)]
    [InlineData("2026-06-13T21:23:11.5Z", 5_000_000)]
    [InlineData("2026-06-13T21:23:11.883496Z", 8_834_960)]
    [InlineData("2026-06-13T21:23:11.392307785Z", 3_923_077)]
    [InlineData("2026-06-13T23:23:11.5+02:00", 5_000_000)]
    public void Timestamp_ZeroToNineDecimals_AreReadAsUtc(string text, int ticks)
    {
        Assert.True(ProtoTimestamp.TryParse(text, out var value));
        Assert.Equal(new DateTimeOffset(2026, 6, 13, 21, 23, 11, TimeSpan.Zero).AddTicks(ticks), value);
        Assert.Equal(TimeSpan.Zero, value.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-06-13")]
    [InlineData("2026-06-13T21:23:11")]
    [InlineData("2026-06-13 21:23:11Z")]
    [InlineData("2026-13-13T21:23:11Z")]
    [InlineData("2026-06-13T21:23:11.1234567890Z")]
    public void Timestamp_SomethingElse_IsRefused(string? text) => Assert.False(ProtoTimestamp.TryParse(text, out _));
}
