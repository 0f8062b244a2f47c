namespace OpsConsole.Web.Controls;

/// <summary>How a term of a filter compares.</summary>
public enum FilterOperator
{
    /// <summary>Contains the text, whatever the case; <c>key:value</c>.</summary>
    Has,

    /// <summary><c>key:&gt;1</c>.</summary>
    Greater,

    /// <summary><c>key:&gt;=1</c>.</summary>
    AtLeast,

    /// <summary><c>key:&lt;1</c>.</summary>
    Less,

    /// <summary><c>key:&lt;=1</c>.</summary>
    AtMost,

    /// <summary><c>key:=1</c>: the whole value.</summary>
    Is,
}
