using Microsoft.Extensions.Logging;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;

namespace OpsConsole.Core.Access;

/// <summary>
/// Who holds which role, from the settings and from the console's page. Answers at once from what was read last; <see cref="RunAsync"/> reads
/// again when another console on the same database tells of a change, and every few seconds without: what it withdrew ends here too. While the database is away, what was
/// known holds on: nothing can be changed then anyhow, for nothing can be recorded.
/// </summary>
public sealed class RoleBook(RoleRules rules, IRoleStore store, ConsoleNews news, TimeProvider time, ILogger<RoleBook> logger)
{
    /// <summary>So old may what is known be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private IReadOnlyList<RoleAssignment> _stored = [];
    private bool _failing;

    /// <summary>Those of the settings.</summary>
    public IReadOnlyList<RoleAssignment> FromSettings => rules.Assignments;

    /// <summary>Those made on the page that hold now.</summary>
    public IReadOnlyList<RoleAssignment> Stored => Volatile.Read(ref _stored);

    /// <summary>The lists of the settings.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Assignee>> Groups => rules.Groups;

    /// <summary>What somebody holds now.</summary>
    public IReadOnlyList<Grant> GrantsOf(Person person) =>
        [.. FromSettings.Concat(Stored).Where(a => rules.Matches(a.Assignee, person)).Select(static a => new Grant(a.Role, a.Scope)).Distinct()];

    /// <summary>Whether an assignment means somebody.</summary>
    public bool Matches(Assignee assignee, Person person) => rules.Matches(assignee, person);

    /// <summary>Reads the page's assignments anew.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached; what was known holds on.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken) =>
        Volatile.Write(ref _stored, await store.ListAsync(cancellationToken));

    /// <summary>Reads again and again until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var told = news.NextOf(NewsTopic.Roles);
            try
            {
                await RefreshAsync(cancellationToken);
                _failing = false;
            }
            catch (AuditUnavailableException e)
            {
                if (!_failing)
                {
                    Log.RolesNotRead(logger, e.Message);
                }

                _failing = true;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.WhenAny(told, Task.Delay(MaxAge, time, cancellationToken));
        }
    }
}
