namespace OpsConsole.Web.Controls;

/// <summary>The meanings that have a colour and a shape. Colour never stands alone.</summary>
public enum Meaning
{
    /// <summary>Not known, or nothing to say: grey, hollow and hatched.</summary>
    Unknown,

    /// <summary>Proved, ready: green disc.</summary>
    Good,

    /// <summary>Ran after the response, or wants a look: amber triangle.</summary>
    Late,

    /// <summary>At risk, failed: red square.</summary>
    Risk,

    /// <summary>Under way: accent ring.</summary>
    Busy,
}
