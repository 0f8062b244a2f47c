namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole</c> of the configuration. The README's table lists every key.</summary>
public sealed class ConsoleSettings
{
    /// <summary>Addresses to listen on, separated by <c>;</c>.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Data folder.</summary>
    public string Data { get; set; } = "";

    /// <summary>Real projects; empty means demo mode.</summary>
    public IList<string> Projects { get; set; } = [];

    /// <summary>Section <c>Google</c>.</summary>
    public GoogleSettings Google { get; set; } = new();

    /// <summary>Section <c>Simulator</c>.</summary>
    public SimulatorSettings Simulator { get; set; } = new();

    /// <summary>Section <c>Logs</c>.</summary>
    public LogSettings Logs { get; set; } = new();

    /// <summary>Section <c>Database</c>.</summary>
    public DatabaseSettings Database { get; set; } = new();

    /// <summary>Section <c>Audit</c>.</summary>
    public AuditSettings Audit { get; set; } = new();

    /// <summary>Section <c>Changes</c>.</summary>
    public ChangeSettings Changes { get; set; } = new();

    /// <summary>Section <c>Identity</c>.</summary>
    public IdentitySettings Identity { get; set; } = new();

    /// <summary>Section <c>Roles</c>.</summary>
    public RoleSettings Roles { get; set; } = new();

    /// <summary>Section <c>Proxy</c>.</summary>
    public ProxySettings Proxy { get; set; } = new();

    /// <summary>Section <c>DataProtection</c>.</summary>
    public DataProtectionSettings DataProtection { get; set; } = new();

    /// <summary>Section <c>Limits</c>.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>Section <c>Telemetry</c>.</summary>
    public TelemetrySettings Telemetry { get; set; } = new();

    /// <summary>How people are told apart; see <see cref="IdentitySettings.Mode"/>.</summary>
    public IdentityMode IdentityMode => Enum.TryParse<IdentityMode>(Identity.Mode, ignoreCase: true, out var mode) ? mode
        : Projects.Count == 0 ? IdentityMode.Demo
        : IdentityMode.Local;

    /// <summary>True without a real project: a simulated one stands in, however people are told apart.</summary>
    public bool Demo => Projects.Count == 0;
}
