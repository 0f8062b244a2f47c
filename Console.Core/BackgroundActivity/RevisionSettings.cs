using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The settings of a revision that a verdict needs.</summary>
/// <param name="Billing">Whether CPU stops after the response.</param>
/// <param name="Concurrency">Requests at once per instance; 0 when unknown.</param>
public sealed record RevisionSettings(BillingMode Billing, int Concurrency);
