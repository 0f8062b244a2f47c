using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Web.BackgroundActivity;

namespace OpsConsole.Web.Tests.BackgroundActivity;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("\u001b[31mERROR\u001b[0m failed", "ERROR failed")]
    [InlineData("\u001b[1;38;5;196mred", "red")]
    [InlineData("\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007", "click")]
    [InlineData("\u001b]0;title\u001b\\text", "text")]
    [InlineData("cut off \u001b[3", "cut off ")]
    [InlineData("cut off \u001b", "cut off ")]
    [InlineData("two\r\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("overwrite\rme", "overwrite\ufffdme")]
    [InlineData("null\0byte", "null\ufffdbyte")]
    [InlineData("right\u202eto left", "right\ufffdto left")]
    [InlineData("mark\u200f of right\u061c to left\u2028line", "mark\ufffd of right\ufffd to left\ufffdline")]
    [InlineData("plain ü 日 😀", "plain ü 日 😀")]
    public void Clean_OfWhatWouldMislead_ShowsItOrLeavesItOut(string text, string clean) => Assert.Equal(clean, LogText.Clean(text));

    [Fact]
    public void Clean_OfAnything_LeavesNoControlCharacterAndIsStable() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(static text => text is not null), static text =>
        {
            var clean = LogText.Clean(text);
            return !clean.Any(static c => char.IsControl(c) && c is not ('\n' or '\t')) && LogText.Clean(clean) == clean;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\n  first\nsecond", 20, "first")]
    [InlineData("abcdef", 3, "abc…")]
    [InlineData("ab😀d", 3, "ab…")]
    public void FirstLine_OfATrace_IsItsFirstLineCut(string text, int limit, string line) => Assert.Equal(line, LogText.FirstLine(text, limit));
}
