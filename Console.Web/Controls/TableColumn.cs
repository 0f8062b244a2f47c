using Microsoft.AspNetCore.Components;

namespace OpsConsole.Web.Controls;

/// <summary>A column of a <see cref="DataTable{TRow}"/>.</summary>
/// <typeparam name="TRow">The rows.</typeparam>
/// <param name="Key">Short name, for sorting and for the columns that the viewer chose.</param>
/// <param name="Title">Head of the column, with the unit of its numbers.</param>
/// <param name="Cell">What a cell shows.</param>
public sealed record TableColumn<TRow>(string Key, string Title, RenderFragment<TRow> Cell)
{
    /// <summary>The head in full, where <see cref="Title"/> is short.</summary>
    public string? LongTitle { get; init; }

    /// <summary>Numbers: aligned right.</summary>
    public bool Numeric { get; init; }

    /// <summary>Whether a click on the head sorts.</summary>
    public bool Sortable { get; init; } = true;

    /// <summary>Whether the first click sorts descending (times, counts).</summary>
    public bool DescendingFirst { get; init; }

    /// <summary>Shown unless the viewer chose otherwise.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>Cannot be hidden: names the row.</summary>
    public bool Fixed { get; init; }

    /// <summary>Left out on narrow screens (a phone shows what names and judges the row).</summary>
    public bool WideOnly { get; init; }
}
