namespace OpsConsole.Web.Simulator.Logging.Filter;

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
    Match,
    NotMatch,
}
