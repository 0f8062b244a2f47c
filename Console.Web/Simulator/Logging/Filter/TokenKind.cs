namespace OpsConsole.Web.Simulator.Logging.Filter;

internal enum TokenKind
{
    /// <summary>Bare text: a field path, a value, a word, or one of AND, OR, NOT.</summary>
    Text,

    /// <summary>A quoted string.</summary>
    Quoted,

    /// <summary>= != &lt; &lt;= &gt; &gt;= : =~ !~</summary>
    Operator,

    /// <summary>A minus that negates what follows.</summary>
    Minus,
    Open,
    Close,
    Comma,
    End,
}
