namespace OpsConsole.Web.Simulator;

/// <summary>How the simulated project is set up.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The project id; its number is always <see cref="ProjectNumber"/>.</summary>
    public string Project { get; init; } = "acme-prod";

    /// <summary>Google accepts a project's number wherever its id is accepted; the simulator has this one.</summary>
    public static string ProjectNumber => "415926535897";

    /// <summary>The TCP port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How long a long-running operation takes, in seconds of the given clock.</summary>
    public double OperationSeconds { get; init; } = 4;

    /// <summary>How much log history exists at <see cref="Since"/>.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// When the project was set up; null for now. A later start with the same moment and seed goes through the same past again: the same entries, the same
    /// audit records with the same ids, as long as nobody changed a service meanwhile.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the services go on receiving requests after the start.</summary>
    public bool LiveTraffic { get; init; } = true;

    /// <summary>Two simulators with one seed and one clock hold the same fleet and the same log.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The address to listen on.</summary>
    public string Address { get; init; } = "127.0.0.1";
}
