namespace OpsConsole.Web.Controls;

/// <summary>A part of a page or pane with an address of its own.</summary>
/// <param name="Key">As the address writes it.</param>
/// <param name="Title">As shown.</param>
/// <param name="Href">The address.</param>
public sealed record PaneTab(string Key, string Title, string Href);
