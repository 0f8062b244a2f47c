namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>How large an event and its fields may be. Lengths are in Unicode code points, as PostgreSQL's <c>char_length</c> counts.</summary>
public static class AuditEventLimits
{
    /// <summary>Bytes of the whole event as JSON in UTF-8.</summary>
    public const int EventBytes = 256 * 1024;

    /// <summary>Depth of before, after and details.</summary>
    public const int Depth = 32;

    /// <summary>Id.</summary>
    public const int Id = 128;

    /// <summary>Workspace, action, kind of resource, project, location.</summary>
    public const int Name = 128;

    /// <summary>Service, revision and instance of the source; name of the resource.</summary>
    public const int Label = 256;

    /// <summary>Id of the resource.</summary>
    public const int ResourceId = 1024;

    /// <summary>Ids of people and programs: an e-mail address has at most 320 characters.</summary>
    public const int Person = 320;

    /// <summary>Address of the caller: an IPv6 address with a zone and a port fits.</summary>
    public const int Ip = 64;

    /// <summary>User-Agent.</summary>
    public const int UserAgent = 512;

    /// <summary>Reason.</summary>
    public const int Reason = 4096;
}
