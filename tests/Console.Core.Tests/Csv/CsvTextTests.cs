using OpsConsole.Core.Csv;

namespace OpsConsole.Core.Tests.Csv;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData(" =1+1", "\"' =1+1\"")]
    [InlineData("\ufeff\u200b=1+1", "\"'\ufeff\u200b=1+1\"")]
    [InlineData("\uff1d1+1", "\"'\uff1d1+1\"")]
    [InlineData(" \0@SUM(A1)", "\"' \0@SUM(A1)\"")]
    [InlineData(" a=b", " a=b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    public void Field_OfAnyText_CannotBecomeAFormula(string value, string expected) => Assert.Equal(expected, CsvText.Field(value));

    [Fact]
    public void Line_OfFields_IsOneRecord() => Assert.Equal("a,,\"b,\"\"c\",\"'=1\"\r\n", CsvText.Line("a", null, "b,\"c", "=1"));
}
