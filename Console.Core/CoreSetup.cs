using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Ingestion;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.History;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core;

/// <summary>Where the ports meet their adapters: the only place that names both.</summary>
public static class CoreSetup
{
    /// <summary>Registers reading of Cloud Run and Cloud Logging.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connection">Where Google Cloud is; check <see cref="GoogleConnection.Problems"/> first.</param>
    public static IServiceCollection AddOpsConsoleCore(this IServiceCollection services, GoogleConnection connection) =>
        services.AddOpsConsoleCore(_ => connection);

    /// <summary>The same where the address is known only when the host runs, as with the simulator in the same process.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="connection">Called once, at the first use of a port.</param>
    public static IServiceCollection AddOpsConsoleCore(this IServiceCollection services, Func<IServiceProvider, GoogleConnection> connection)
    {
        if (!services.Any(static s => s.ServiceType == typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }

        return services
            .AddSingleton(connection)
            .AddSingleton<IAccessTokens>(static provider =>
                provider.GetRequiredService<GoogleConnection>().Credentials == GoogleCredentials.None ? new NoTokens() : new ApplicationDefaultTokens())
            .AddSingleton(static provider => new GoogleTransport(
                provider.GetRequiredService<GoogleConnection>(),
                provider.GetRequiredService<IAccessTokens>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<GoogleTransport>>()))
            .AddSingleton<ICloudRun, CloudRunClient>()
            .AddSingleton<ICloudRunWriter, CloudRunWriter>()
            .AddSingleton<ILogs, LoggingClient>()
            .AddSingleton<ICheckpointLog, CheckpointLog>()
            .AddSingleton<IProjectAccess, ProjectAccess>()
            .AddSingleton<IOwnPrincipal>(static provider => new OwnPrincipal(
                provider.GetRequiredService<GoogleConnection>(), provider.GetRequiredService<IAccessTokens>(), new HttpClient()));
    }

    /// <summary>Registers roles and sessions. Needs a <see cref="ConsoleDatabase"/> and the audit trail.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="rules">Roles and lists of the settings.</param>
    /// <param name="limits">How often one person may do what costs much.</param>
    public static IServiceCollection AddAccess(this IServiceCollection services, RoleRules rules, ActLimitOptions? limits = null) => services
        .AddSingleton(rules)
        .AddSingleton(limits ?? new ActLimitOptions())
        .AddSingleton<ActLimits>()
        .AddSingleton<IRoleStore, RoleStore>()
        .AddSingleton<RoleBook>()
        .AddSingleton<RoleDesk>()
        .AddSingleton<ISessionStore, SessionStore>()
        .AddSingleton<Sessions>()
        .AddSingleton<ProtectionKeys>();

    /// <summary>Registers the audit trail over a <see cref="ConsoleDatabase"/>: recording, reading, sealing, and the tokens of its HTTP API.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="keys">The log's keys; called once, at the first use.</param>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services, Func<IServiceProvider, LogKeys> keys) => services
        .AddSingleton(keys)
        .AddSingleton<SealSignals>()
        .AddSingleton<SealHealth>()
        .AddSingleton<IAuditHealth>(static provider => provider.GetRequiredService<SealHealth>())
        .AddSingleton<ISealStore, SealStore>()
        .AddSingleton<ISealedLog, SealedLog>()
        .AddSingleton<SealedReceipts>()
        .AddSingleton<SystemEvents>()
        .AddSingleton(static provider => new SealerOptions { Origin = provider.GetRequiredService<LogKeys>().Origin })
        .AddSingleton<IInboxFigures, InboxFigures>()
        .AddSingleton<SealOnlooker>()
        .AddSingleton<Sealer>()
        .AddSingleton<IAnchorStore, AnchorStore>()
        .AddSingleton<Incidents>()
        .AddSingleton<IncidentWatch>()
        .AddSingleton<OutsideBoard>()
        .AddSingleton<IRetentionStore, RetentionStore>()
        .AddSingleton<ConsoleMark>()
        .AddSingleton<ConsoleNews>()
        .AddSingleton<NewsChannel>()
        .AddSingleton<IConsoles>(static provider => provider.GetRequiredService<ConsoleMark>())
        .AddSingleton<TurnStore>()
        .AddSingleton<ITurns>(static provider => provider.GetRequiredService<TurnStore>())
        .AddSingleton<ICursors>(static provider => provider.GetRequiredService<TurnStore>())
        .AddSingleton<IngestionBoard>()
        .AddSingleton<CloudAuditPoller>()
        .AddSingleton<RetentionDesk>()
        .AddSingleton<RetentionRunner>()
        .AddSingleton<IAuditAppender, AuditStore>()
        .AddSingleton<GroupedAppends>()
        .AddSingleton<IWaitingCount, WaitingCount>()
        .AddSingleton<IAuditReader, AuditReader>()
        .AddSingleton<IAuditTrail, AuditTrail.AuditTrail>()
        .AddSingleton<ActEvents>()
        .AddSingleton<RecordedWrites>()
        .AddSingleton<IApiTokenStore, ApiTokenStore>()
        .AddSingleton<ApiTokens>();

    /// <summary>Registers changes of settings. Needs the above, an <see cref="IAuditTrail"/> and an <see cref="IAuditReader"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="rules">Settings of changes.</param>
    /// <param name="approvals">Which services take a second person.</param>
    /// <param name="bulk">Settings of changes of several services.</param>
    public static IServiceCollection AddChanges(this IServiceCollection services, ChangeRules rules, ApprovalPolicy? approvals = null, BulkRules? bulk = null)
    {
        // Receipts are registered before or after, or not at all.
        services.TryAddSingleton<IChangeVerdicts, NoVerdicts>();
        return services
            .AddSingleton(rules)
            .AddSingleton(approvals ?? ApprovalPolicy.Default)
            .AddSingleton(bulk ?? BulkRules.Default)
            .AddSingleton<ChangeBoard>()
            .AddSingleton<ChangeHistory>()
            .AddSingleton<ConnectionBudgets>()
            .AddSingleton<ApprovalBook>()
            .AddSingleton<ApprovalGate>()
            .AddSingleton<ApprovalDesk>()
            .AddSingleton<BulkBoard>()
            .AddSingleton<BulkHistory>()
            .AddSingleton<BulkPlanner>()
            .AddSingleton<BulkRunner>()
            .AddSingleton<ITrafficHealth, RequestLogHealth>()
            .AddSingleton<MoveBoard>()
            .AddSingleton<MoveHistory>()
            .AddSingleton<TrafficMover>()
            .AddSingleton<ChangeDesk>()
            .AddSingleton<ChangeRunner>()
            .AddSingleton<ChangeGate>();
    }

    /// <summary>Registers receipts and the history of changes. Needs the above and a <see cref="FleetCache"/>; somebody has to run the <see cref="ReceiptRunner"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="rules">Settings of receipts.</param>
    public static IServiceCollection AddChangeReceipts(this IServiceCollection services, ReceiptRules rules) => services
        .AddSingleton(rules)
        .AddSingleton<ChangeReceipts>()
        .Replace(ServiceDescriptor.Singleton<IChangeVerdicts, ReceiptVerdicts>())
        .AddSingleton<ReceiptRunner>()
        .AddSingleton<HistoryReader>();

    /// <summary>Registers the sources of analysed logs and the acceptances of findings. Needs the above and a <see cref="ConsoleDatabase"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">Called once, at the first use.</param>
    public static IServiceCollection AddBackgroundActivity(this IServiceCollection services, Func<IServiceProvider, SourceSettings> settings) => services
        .AddSingleton(settings)
        .AddSingleton<AnalysisCatalog>()
        .AddSingleton<ObservedUsages>()
        .AddSingleton<IAcceptanceStore, AcceptanceStore>()
        .AddSingleton<Acceptances>()
        .AddSingleton<LogActs>();
}
