using Microsoft.AspNetCore.Components;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun;

/// <summary>All jobs of all projects and regions, with the executions of the one selected.</summary>
public sealed partial class JobsPage(FleetCache fleet, NavigationManager navigation) : FleetListPage<Job>(fleet, navigation)
{
    private readonly FleetCache _fleet = fleet;
    private IReadOnlyList<TableColumn<Job>>? _columns;

    /// <inheritdoc />
    protected override string Address => Urls.Jobs;

    /// <inheritdoc />
    protected override IReadOnlyCollection<string> SortKeys => JobFields.SortKeys;

    /// <inheritdoc />
    protected override IReadOnlyList<string> TabKeys => JobPane.TabKeys;

    /// <inheritdoc />
    protected override ResourceName NameOf(Job row) => row.Name;

    /// <inheritdoc />
    protected override Task<Reading<Fleet<Job>>> ReadAsync(bool fresh, CancellationToken cancellationToken) => _fleet.JobsAsync(fresh, cancellationToken);

    /// <inheritdoc />
    protected override IReadOnlyList<Job> Apply(IEnumerable<Job> rows, FilterQuery query, TableSort sort) => JobFields.Apply(rows, query, sort);
}
