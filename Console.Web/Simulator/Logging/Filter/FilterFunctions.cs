using System.Globalization;
using System.Net;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>The functions of the filter language that Cloud Run users need.</summary>
internal static class FilterFunctions
{
    public static FilterNode.Function Make(Token name, IReadOnlyList<Token> arguments)
    {
        string[] texts = [.. arguments.Select(a => a.Text)];
        switch (name.Text)
        {
            case "log_id" or "source" when texts.Length == 1:
                return new(name.Text, texts, null);
            case "sample" when texts.Length == 2 && double.TryParse(texts[1], CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1:
                return new(name.Text, [texts[1]], Field(arguments[0]));
            case "ip_in_net" when texts.Length == 2 && IPNetwork.TryParse(texts[1], out _):
                return new(name.Text, [texts[1]], Field(arguments[0]));
            case "SEARCH" or "search" when texts.Length == 1:
                return new("SEARCH", texts, null);
            case "SEARCH" or "search" when texts.Length == 2:
                return new("SEARCH", [texts[1]], Field(arguments[0]));
            case "log_id" or "source" or "sample" or "ip_in_net" or "SEARCH" or "search":
                throw FilterSyntaxException.At(name, "invalid arguments of function");
            default:
                throw FilterSyntaxException.At(name, "unknown function");
        }
    }

    private static FieldPath Field(Token token) =>
        (token.Kind == TokenKind.Text ? FieldCatalog.Resolve(token.Segments) : null) ?? throw FilterSyntaxException.At(token, "field not found");
}
