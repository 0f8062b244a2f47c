using Microsoft.AspNetCore.Components;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>All worker pools of all projects and regions, with the settings and revisions of the one selected.</summary>
public sealed partial class WorkerPoolsPage(FleetCache fleet, NavigationManager navigation) : FleetListPage<WorkerPool>(fleet, navigation)
{
    private readonly FleetCache _fleet = fleet;
    private IReadOnlyList<TableColumn<WorkerPool>>? _columns;

    /// <inheritdoc />
    protected override string Address => Urls.WorkerPools;

    /// <inheritdoc />
    protected override IReadOnlyCollection<string> SortKeys => WorkerPoolFields.SortKeys;

    /// <inheritdoc />
    protected override IReadOnlyList<string> TabKeys => WorkerPoolPane.TabKeys;

    /// <inheritdoc />
    protected override ResourceName NameOf(WorkerPool row) => row.Name;

    /// <inheritdoc />
    protected override Task<Reading<Fleet<WorkerPool>>> ReadAsync(bool fresh, CancellationToken cancellationToken) => _fleet.WorkerPoolsAsync(fresh, cancellationToken);

    /// <inheritdoc />
    protected override IReadOnlyList<WorkerPool> Apply(IEnumerable<WorkerPool> rows, FilterQuery query, TableSort sort) => WorkerPoolFields.Apply(rows, query, sort);
}
