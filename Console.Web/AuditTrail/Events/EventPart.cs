namespace OpsConsole.Web.AuditTrail.Events;

/// <summary>The parts of an event beside the list, as addresses write them.</summary>
public static class EventPart
{
    /// <summary>What happened: fields and changes. The default.</summary>
    public const string Fields = "";

    /// <summary>That it is in the log.</summary>
    public const string Proof = "proof";

    /// <summary>The request that it belongs to.</summary>
    public const string Request = "request";

    /// <summary>The event as JSON.</summary>
    public const string Json = "json";

    /// <summary>An unknown word is the default.</summary>
    public static string Parse(string? part) => part is Proof or Request or Json ? part : Fields;
}
