using Bunit;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Controls;

public sealed class DataTableTests : ConsoleContext
{
    private static readonly TableColumn<string>[] Columns =
    [
        new("name", "Name", static row => builder => builder.AddContent(0, row)) { Fixed = true },
        new("length", "Length", static row => builder => builder.AddContent(0, row.Length)) { Numeric = true, DescendingFirst = true },
        new("extra", "Extra", static _ => builder => builder.AddContent(0, "x")) { Shown = false, Sortable = false },
    ];

    [Fact]
    public async Task Head_Clicked_AsksForTheOtherOrder()
    {
        var asked = new List<TableSort>();
        var table = RenderTable(new TableSort("name", Descending: false), asked);

        await table.FindAll("thead button")[0].ClickAsync();
        await table.FindAll("thead button")[1].ClickAsync();

        Assert.Equal([new TableSort("name", Descending: true), new TableSort("length", Descending: true)], asked);
    }

    [Fact]
    public void Head_Sorted_SaysSo()
    {
        var table = RenderTable(new TableSort("length", Descending: true));

        Assert.Equal(["none", "descending"], table.FindAll("thead th").Select(static th => th.GetAttribute("aria-sort")));
    }

    [Fact]
    public void Rows_Always_AreRealTableRowsWithOneRowHead()
    {
        var table = RenderTable();

        Assert.Equal(["a", "bbb"], table.FindAll("tbody tr > th[scope=row]").Select(static th => th.TextContent));
        Assert.Equal("3", table.Find("table").GetAttribute("aria-rowcount"));
        Assert.Equal("Things", table.Find("caption").TextContent);
    }

    [Fact]
    public async Task Columns_Chosen_AreShownAndRemembered()
    {
        var table = RenderTable();
        Assert.Equal(2, table.FindAll("thead th").Count);

        await table.FindAll("fieldset input")[1].ChangeAsync(true);

        Assert.Equal(["Name", "Length", "Extra"], table.FindAll("thead th").Select(static th => th.TextContent.Trim('▾', '▴')));
        Assert.Equal(["columns.things", "name,length,extra"], JSInterop.Invocations["opsConsole.remember"].Single().Arguments);
    }

    [Fact]
    public void Columns_RememberedByTheBrowser_AreUsed()
    {
        JSInterop.Setup<string?>("opsConsole.recall", "columns.things").SetResult("extra");

        var table = RenderTable();

        Assert.Equal(["Name", "Extra"], table.FindAll("thead th").Select(static th => th.TextContent.Trim('▾', '▴')));
    }

    [Fact]
    public void Selected_Row_SaysSo()
    {
        var table = RenderTable();

        table.Render(p => p.Add(t => t.Selected, "bbb"));

        Assert.Equal("bbb", table.Find("tr[aria-selected=true] th").TextContent);
    }

    private IRenderedComponent<DataTable<string>> RenderTable(TableSort? sort = null, List<TableSort>? asked = null) => Render<DataTable<string>>(p => p
        .Add(t => t.Rows, ["a", "bbb"]).Add(t => t.Columns, Columns).Add(t => t.RowKey, static row => row).Add(t => t.Caption, "Things")
        .Add(t => t.RememberAs, "things").Add(t => t.Sort, sort ?? new TableSort("name", Descending: false)).Add(t => t.SortChanged, (TableSort s) => asked?.Add(s)));
}
