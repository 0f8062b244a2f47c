namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>A token of the filter language.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Text">Text; of a quoted string without quotes and escapes.</param>
/// <param name="Segments">Of bare text: its parts between dots, quoted parts unquoted.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Raw">As written, for messages.</param>
/// <param name="Adjacent">No white space between this and the token before.</param>
internal sealed record Token(TokenKind Kind, string Text, string[] Segments, int Line, int Column, string Raw, bool Adjacent)
{
    public bool IsWord(string word) => Kind == TokenKind.Text && Text == word;
}
