using Microsoft.Playwright;

namespace OpsConsole.E2E.Running;

/// <summary>A table of a page as a reader takes it in: rows of cells by the words of the head.</summary>
internal static class TableText
{
    /// <summary>Reads a whole table (it must not be long enough to be virtual).</summary>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> ReadAsync(ILocator table)
    {
        var heads = (await table.Locator("thead th").AllInnerTextsAsync()).Select(static h => h.Trim('▲', '▼', '▴', '▾', ' ', '\n')).ToList();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        foreach (var row in await table.Locator("tbody tr").AllAsync())
        {
            var cells = await row.Locator("th, td").AllInnerTextsAsync();
            rows.Add(heads.Zip(cells).ToDictionary(static p => p.First, static p => p.Second.Trim(), StringComparer.Ordinal));
        }

        return rows;
    }
}
