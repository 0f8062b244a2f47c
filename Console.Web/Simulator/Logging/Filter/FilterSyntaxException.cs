namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>The filter is not legal; the message is what the API answers with 400 INVALID_ARGUMENT.</summary>
internal sealed class FilterSyntaxException : Exception
{
    public FilterSyntaxException(string message)
        : base(message)
    {
    }

    public static FilterSyntaxException At(Token token) => token.Kind == TokenKind.End
        ? new($"Unparseable filter: syntax error at line {token.Line}, column {token.Column}, token '<EOF>'")
        : new($"Unparseable filter: syntax error at line {token.Line}, column {token.Column}, token '{token.Raw}'");

    public static FilterSyntaxException At(Token token, string reason) =>
        new($"Unparseable filter: {reason} at line {token.Line}, column {token.Column}, token '{token.Raw}'");
}
