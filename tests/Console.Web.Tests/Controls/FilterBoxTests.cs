using Bunit;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Controls;

public sealed class FilterBoxTests : ConsoleContext
{
    private readonly List<string> _told = [];

    [Fact]
    public async Task Input_WhileTyping_TellsOnceAfterARest()
    {
        var box = RenderBox("");

        await box.Find("input").InputAsync("reg");
        await box.Find("input").InputAsync("region:eu");
        Assert.Empty(_told);
        Time.Advance(TimeSpan.FromMilliseconds(300));

        box.WaitForAssertion(() => Assert.Equal(["region:eu"], _told));
    }

    [Fact]
    public async Task Enter_AtOnce_TellsWithoutWaiting()
    {
        var box = RenderBox("");

        await box.Find("input").InputAsync("checkout");
        await box.Find("input").KeyDownAsync("Enter");

        Assert.Equal(["checkout"], _told);
    }

    [Fact]
    public void Value_ChangedByALink_ReplacesTheText()
    {
        var box = RenderBox("before");

        box.Render(p => p.Add(b => b.Value, "after"));

        Assert.Equal("after", box.Find("input").GetAttribute("value"));
    }

    [Fact]
    public async Task Hint_Clicked_AddsItsExample()
    {
        var box = RenderBox("checkout");

        await box.Find("button.link").ClickAsync();

        Assert.Equal(["checkout region:europe"], _told);
    }

    [Fact]
    public void Problems_Given_AreTiedToTheBox()
    {
        var box = Render<FilterBox>(p => p.Add(b => b.Problems, ["There is no qualifier zone:."]));

        Assert.Equal("true", box.Find("input").GetAttribute("aria-invalid"));
        Assert.Equal(box.Find("ul").Id, box.Find("input").GetAttribute("aria-describedby"));
    }

    private IRenderedComponent<FilterBox> RenderBox(string value) => Render<FilterBox>(p => p
        .Add(b => b.Value, value)
        .Add(b => b.Hints, [new FilterHint("region", "where", "region:europe")])
        .Add(b => b.ValueChanged, (string text) => _told.Add(text)));
}
