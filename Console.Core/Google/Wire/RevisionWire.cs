namespace OpsConsole.Core.Google.Wire;

/// <summary>google.cloud.run.v2.Revision: the settings of a template plus its own life.</summary>
internal sealed class RevisionWire : ResourceWire, ITemplateWire
{
    /// <summary>Revisions have no such field; the template's own name for the next revision.</summary>
    string? ITemplateWire.Revision => null;

    public RevisionScalingWire? Scaling { get; set; }

    public VpcAccessWire? VpcAccess { get; set; }

    public string? Timeout { get; set; }

    public string? ServiceAccount { get; set; }

    public List<ContainerWire>? Containers { get; set; }

    public List<VolumeWire>? Volumes { get; set; }

    public string? ExecutionEnvironment { get; set; }

    public int MaxInstanceRequestConcurrency { get; set; }

    public bool SessionAffinity { get; set; }

    public NodeSelectorWire? NodeSelector { get; set; }

    public ScalingStatusWire? ScalingStatus { get; set; }
}

/// <summary>google.cloud.run.v2.RevisionTemplate and WorkerPoolRevisionTemplate.</summary>
internal sealed class RevisionTemplateWire : ITemplateWire
{
    public string? Revision { get; set; }

    public Dictionary<string, string>? Labels { get; set; }

    public Dictionary<string, string>? Annotations { get; set; }

    public RevisionScalingWire? Scaling { get; set; }

    public VpcAccessWire? VpcAccess { get; set; }

    public string? Timeout { get; set; }

    public string? ServiceAccount { get; set; }

    public List<ContainerWire>? Containers { get; set; }

    public List<VolumeWire>? Volumes { get; set; }

    public string? ExecutionEnvironment { get; set; }

    public int MaxInstanceRequestConcurrency { get; set; }

    public bool SessionAffinity { get; set; }

    public NodeSelectorWire? NodeSelector { get; set; }
}

/// <summary>The fields that a revision and a template share.</summary>
internal interface ITemplateWire
{
    string? Revision { get; }

    Dictionary<string, string>? Labels { get; }

    Dictionary<string, string>? Annotations { get; }

    RevisionScalingWire? Scaling { get; }

    VpcAccessWire? VpcAccess { get; }

    string? Timeout { get; }

    string? ServiceAccount { get; }

    List<ContainerWire>? Containers { get; }

    List<VolumeWire>? Volumes { get; }

    string? ExecutionEnvironment { get; }

    int MaxInstanceRequestConcurrency { get; }

    bool SessionAffinity { get; }

    NodeSelectorWire? NodeSelector { get; }
}

/// <summary>google.cloud.run.v2.RevisionScaling.</summary>
internal sealed class RevisionScalingWire
{
    public int MinInstanceCount { get; set; }

    public int MaxInstanceCount { get; set; }
}

/// <summary>google.cloud.run.v2.RevisionScalingStatus.</summary>
internal sealed class ScalingStatusWire
{
    public int DesiredMinInstanceCount { get; set; }
}

/// <summary>google.cloud.run.v2.NodeSelector.</summary>
internal sealed class NodeSelectorWire
{
    public string? Accelerator { get; set; }
}

/// <summary>google.cloud.run.v2.VpcAccess.</summary>
internal sealed class VpcAccessWire
{
    public string? Connector { get; set; }

    public string? Egress { get; set; }

    public List<NetworkInterfaceWire>? NetworkInterfaces { get; set; }
}

/// <summary>google.cloud.run.v2.VpcAccess.NetworkInterface.</summary>
internal sealed class NetworkInterfaceWire
{
    public string? Network { get; set; }

    public string? Subnetwork { get; set; }
}

/// <summary>google.cloud.run.v2.Volume; which kind it is shows in which key is there.</summary>
internal sealed class VolumeWire
{
    public string? Name { get; set; }

    public SecretVolumeWire? Secret { get; set; }

    public CloudSqlVolumeWire? CloudSqlInstance { get; set; }

    public EmptyDirWire? EmptyDir { get; set; }

    public NfsVolumeWire? Nfs { get; set; }

    public GcsVolumeWire? Gcs { get; set; }
}

internal sealed class SecretVolumeWire
{
    public string? Secret { get; set; }
}

internal sealed class CloudSqlVolumeWire
{
    public List<string>? Instances { get; set; }
}

internal sealed class EmptyDirWire
{
    public string? SizeLimit { get; set; }
}

internal sealed class NfsVolumeWire
{
    public string? Server { get; set; }

    public string? Path { get; set; }
}

internal sealed class GcsVolumeWire
{
    public string? Bucket { get; set; }
}
