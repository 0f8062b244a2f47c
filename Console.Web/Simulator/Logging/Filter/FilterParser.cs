namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>
/// Parser of the Logging query language (cloud.google.com/logging/docs/view/logging-query-language).
/// NOT binds tightest, then OR, then AND: <c>a OR b AND c</c> is <c>(a OR b) AND c</c>. Two terms side by side are joined by AND.
/// </summary>
internal sealed class FilterParser
{
    /// <summary>"The maximum length of a filter is 20,000 characters."</summary>
    public const int MaximumLength = 20_000;

    /// <summary>Deep nesting is refused before it can end the process.</summary>
    private const int MaximumDepth = 100;

    private readonly IReadOnlyList<Token> tokens;
    private int at;
    private int depth;

    private FilterParser(IReadOnlyList<Token> tokens) => this.tokens = tokens;

    private Token Current => tokens[at];

    /// <summary>Parses a filter.</summary>
    /// <exception cref="FilterSyntaxException">Not a legal filter.</exception>
    public static FilterNode Parse(string? filter)
    {
        filter ??= "";
        if (filter.Length > MaximumLength)
        {
            throw new FilterSyntaxException($"Filter is too long: {filter.Length} characters. The maximum length is {MaximumLength} characters.");
        }

        var parser = new FilterParser(FilterLexer.Read(filter));
        if (parser.Current.Kind == TokenKind.End)
        {
            return new FilterNode.And([]);
        }

        var node = parser.Conjunction(parser.Term);
        return parser.Current.Kind == TokenKind.End ? node : throw FilterSyntaxException.At(parser.Current);
    }

    private FilterNode Conjunction(Func<FilterNode> leaf)
    {
        if (++depth > MaximumDepth)
        {
            throw FilterSyntaxException.At(Current, "too deeply nested");
        }

        var parts = new List<FilterNode> { Disjunction(leaf) };
        while (true)
        {
            if (Current.IsWord("AND"))
            {
                at++;
                parts.Add(Disjunction(leaf));
            }
            else if (Current.Kind is TokenKind.End or TokenKind.Close or TokenKind.Comma or TokenKind.Operator)
            {
                break;
            }
            else
            {
                parts.Add(Disjunction(leaf));
            }
        }

        depth--;
        return parts.Count == 1 ? parts[0] : new FilterNode.And(parts);
    }

    private FilterNode Disjunction(Func<FilterNode> leaf)
    {
        var parts = new List<FilterNode> { Negation(leaf) };
        while (Current.IsWord("OR"))
        {
            at++;
            parts.Add(Negation(leaf));
        }

        return parts.Count == 1 ? parts[0] : new FilterNode.Or(parts);
    }

    private FilterNode Negation(Func<FilterNode> leaf)
    {
        var negations = 0;
        while (Current.IsWord("NOT") || Current.Kind == TokenKind.Minus)
        {
            negations++;
            at++;
        }

        FilterNode node;
        if (Current.Kind == TokenKind.Open)
        {
            at++;
            node = Conjunction(leaf);
            Expect(TokenKind.Close);
        }
        else
        {
            node = leaf();
        }

        for (; negations > 0; negations--)
        {
            node = new FilterNode.Not(node);
        }

        return node;
    }

    private FilterNode Term()
    {
        var token = Current;
        if (token.Kind is not (TokenKind.Text or TokenKind.Quoted) || IsKeyword(token))
        {
            throw FilterSyntaxException.At(token);
        }

        at++;
        return Current switch
        {
            { Kind: TokenKind.Operator } => Comparison(token),
            { Kind: TokenKind.Open, Adjacent: true } when token.Kind == TokenKind.Text => Function(token),
            _ => new FilterNode.Global(token.Text),
        };
    }

    private FilterNode Comparison(Token name)
    {
        if (name.Kind != TokenKind.Text)
        {
            throw FilterSyntaxException.At(Current);
        }

        var field = FieldCatalog.Resolve(name.Segments) ?? throw FilterSyntaxException.At(name, "field not found");
        var comparison = Operator(Current);
        at++;

        FilterNode Value()
        {
            var value = Current;
            if (value.Kind is not (TokenKind.Text or TokenKind.Quoted) || IsKeyword(value))
            {
                throw FilterSyntaxException.At(value);
            }

            at++;
            FilterValues.Check(field, comparison, value);
            return new FilterNode.Comparison(field, comparison, value.Text, value.Kind == TokenKind.Quoted);
        }

        if (Current.Kind != TokenKind.Open)
        {
            return Value();
        }

        at++;
        var values = Conjunction(Value);
        Expect(TokenKind.Close);
        return values;
    }

    private FilterNode.Function Function(Token name)
    {
        at++;
        var arguments = new List<Token>();
        while (Current.Kind is TokenKind.Text or TokenKind.Quoted)
        {
            arguments.Add(Current);
            at++;
            if (Current.Kind != TokenKind.Comma)
            {
                break;
            }

            at++;
        }

        Expect(TokenKind.Close);
        return FilterFunctions.Make(name, arguments);
    }

    private void Expect(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            throw FilterSyntaxException.At(Current);
        }

        at++;
    }

    private static bool IsKeyword(Token token) => token.IsWord("AND") || token.IsWord("OR") || token.IsWord("NOT");

    private static ComparisonOperator Operator(Token token) => token.Text switch
    {
        "=" => ComparisonOperator.Equal,
        "!=" => ComparisonOperator.NotEqual,
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        ">=" => ComparisonOperator.GreaterOrEqual,
        ":" => ComparisonOperator.Has,
        "=~" => ComparisonOperator.Match,
        "!~" => ComparisonOperator.NotMatch,
        _ => throw FilterSyntaxException.At(token),
    };
}
