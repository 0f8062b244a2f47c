using FsCheck.Fluent;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Controls;

public sealed class TextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(9, "just now")]
    [InlineData(45, "45 s ago")]
    [InlineData(61, "1 min ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(3600, "1 h ago")]
    [InlineData(47 * 3600, "47 h ago")]
    [InlineData(48 * 3600, "2 d ago")]
    [InlineData(70 * 86400, "2 months ago")]
    [InlineData(800 * 86400, "2 years ago")]
    [InlineData(-300, "in 5 min")]
    public void Relative_Age_IsInWords(int secondsAgo, string words) => Assert.Equal(words, TimeText.Relative(Now.AddSeconds(-secondsAgo), Now));

    [Fact]
    public void Exact_Utc_SaysUtc() => Assert.Equal("2026-11-22 09:00:00 UTC", TimeText.Exact(Now, TimeZoneInfo.Utc));

    [Fact]
    public void Exact_OtherZone_SaysItsOffset()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("Test/East", TimeSpan.FromHours(5.5), "East", "East");

        Assert.Equal("2026-11-22 14:30:00 +05:30", TimeText.Exact(Now, zone));
        Assert.Equal("2026-11-22 14:30:00.250 +05:30", TimeText.ExactMilliseconds(Now.AddMilliseconds(250), zone));
    }

    [Fact]
    public void Middle_AnyText_FitsAndKeepsBothEnds()
    {
        var cases = from text in Any.Text from length in Gen.Choose(3, 40) select (text, length);

        Any.Holds(cases, static c =>
        {
            var shown = ShortText.Middle(c.text, c.length);
            var ends = shown.Split('…', 2);
            return shown.Length <= c.length
                && (shown == c.text || (c.text.StartsWith(ends[0], StringComparison.Ordinal) && c.text.EndsWith(ends[1], StringComparison.Ordinal)))
                && shown.EnumerateRunes().All(static r => r.Value != 0xFFFD);
        });
    }

    [Theory]
    [InlineData("deploy-bot@acme-prod.iam.gserviceaccount.com", "deploy-bot")]
    [InlineData("somebody", "somebody")]
    [InlineData("@odd", "@odd")]
    public void Short_Person_IsWhatStandsBeforeTheAt(string person, string shown) => Assert.Equal(shown, PersonText.Short(person));

    [Fact]
    public void Split_GooglesAddress_BecomesALink_OthersStayText()
    {
        var parts = TextLinks.Split("See https://console.cloud.google.com/logs/viewer?project=p. Not https://evil.example/x or https://cloud.google.com.evil.example/y.");

        Assert.Collection(
            parts,
            static p => Assert.Equal(("See ", null), p),
            static p => Assert.Equal(("console.cloud.google.com/logs/viewer", "https://console.cloud.google.com/logs/viewer?project=p"), p),
            static p => Assert.Equal((". Not https://evil.example/x or https://cloud.google.com.evil.example/y.", null), p));
    }

    [Theory]
    [InlineData("-deployed", "deployed", true)]
    [InlineData("name", "name", false)]
    [InlineData("unknown", "name", false)]
    [InlineData("-", "name", false)]
    [InlineData(null, "name", false)]
    public void ParseSort_Text_FallsBackWhereUnknown(string? text, string column, bool descending) =>
        Assert.Equal(new TableSort(column, descending), TableSort.Parse(text, new TableSort("name", Descending: false), ["name", "deployed"]));

    [Theory]
    [InlineData(false, "1 2 3 null")]
    [InlineData(true, "3 2 1 null")]
    public void By_UnknownValues_StandLastInBothDirections(bool descending, string order)
    {
        int?[] values = [2, null, 3, 1];

        Assert.Equal(order, string.Join(' ', TableOrder.By(values, static v => v, descending).Select(static v => v?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null")));
    }
}
