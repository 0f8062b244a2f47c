using OpsConsole.Web.BackgroundActivity.Uploads;

namespace OpsConsole.Web.Tests.BackgroundActivity.Uploads;

public sealed class UploadNameTests
{
    [Theory]
    [InlineData("orders.json", "orders.json")]
    [InlineData("C:\\logs\\orders.json", "orders.json")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202Egpj.exe\n", "agpj.exe")]
    [InlineData("", "upload")]
    [InlineData(null, "upload")]
    [InlineData("..", "..")]
    public void Clean_OfAnyName_IsShownOnly(string? name, string expected) => Assert.Equal(expected, UploadName.Clean(name));

    [Fact]
    public void Clean_OfALongName_CutsIt() => Assert.Equal(120, UploadName.Clean(new string('x', 1000)).Length);
}
