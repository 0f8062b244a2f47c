using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Admin;

/// <summary>Who has which role and where; giving roles and withdrawing them.</summary>
public sealed partial class RolesPage(RoleBook book, RoleDesk desk, CurrentActor actor, NavigationManager navigation)
{
    private IReadOnlyList<TableColumn<RoleAssignment>>? _columns;
    private AdminListState _state = new("", RoleFields.Usual, Adding: false);
    private FilterQuery _query = FilterQuery.Empty;
    private IReadOnlyList<RoleAssignment>? _all;
    private IReadOnlyList<RoleAssignment> _rows = [];
    private Guid? _asking;
    private string? _problem;
    private bool _busy;

    /// <summary>Filter; read through <see cref="AdminListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Q { get; set; }

    /// <summary>Order; read through <see cref="AdminListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Whether the form is open; read through <see cref="AdminListState"/>.</summary>
    [SupplyParameterFromQuery(Name = "new")]
    public string? New { get; set; }

    private IReadOnlyList<string> Groups => [.. book.Groups.Keys.Order(StringComparer.Ordinal)];

    private static string Scope => "of this console";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        try
        {
            await book.RefreshAsync(CancellationToken.None);
        }
        catch (AuditUnavailableException e)
        {
            _problem = $"{e.Message} What is shown may be out of date.";
        }

        List();
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _state = AdminListState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query, RoleFields.Usual, RoleFields.SortKeys);
        _query = FilterQuery.Parse(_state.Filter);
        Arrange();
    }

    private static string KeyOf(RoleAssignment a) => a.Id?.ToString() ?? $"{a.Role} {a.Assignee} {a.Scope}";

    private async Task WithdrawAsync(RoleAssignment assignment)
    {
        _busy = true;
        try
        {
            _problem = (await desk.WithdrawAsync(await actor.GetAsync(), assignment.Id!.Value, CancellationToken.None))?.Message;
            _asking = null;
            List();
        }
        finally
        {
            _busy = false;
        }
    }

    private void OnAddedAsync(bool added)
    {
        _problem = null;
        List();
        navigation.NavigateTo((_state with { Adding = false }).ToUrl(Urls.AdminRoles, RoleFields.Usual));
    }

    private void List()
    {
        _all = [.. book.FromSettings, .. book.Stored];
        Arrange();
    }

    private void Arrange() => _rows = _all is null ? [] : RoleFields.Apply(_all, _query, _state.Sort);

    private void OnFilter(string filter) => navigation.NavigateTo((_state with { Filter = filter }).ToUrl(Urls.AdminRoles, RoleFields.Usual), replace: true);

    private void OnSort(TableSort sort) => navigation.NavigateTo((_state with { Sort = sort }).ToUrl(Urls.AdminRoles, RoleFields.Usual), replace: true);
}
