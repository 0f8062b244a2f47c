using Microsoft.AspNetCore.Components;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Admin;

/// <summary>Tokens of the HTTP API: making and revoking them.</summary>
public sealed partial class TokensPage(ApiTokens tokens, CurrentActor actor, NavigationManager navigation, TimeProvider time)
{
    private IReadOnlyList<TableColumn<ApiToken>>? _columns;
    private AdminListState _state = new("", TokenFields.Usual, Adding: false);
    private FilterQuery _query = FilterQuery.Empty;
    private IReadOnlyList<ApiToken>? _all;
    private IReadOnlyList<ApiToken> _rows = [];
    private Guid? _asking;
    private string? _secret;
    private string _madeFor = "";
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

    private DateTimeOffset Now => time.GetUtcNow();

    private IReadOnlyList<FilterHint> Hints => [.. TokenFields.Filter(Now).All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => ListAsync();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _state = AdminListState.Parse(navigation.ToAbsoluteUri(navigation.Uri).Query, TokenFields.Usual, TokenFields.SortKeys);
        _query = FilterQuery.Parse(_state.Filter);
        Arrange();
    }

    private async Task RevokeAsync(ApiToken token)
    {
        _busy = true;
        try
        {
            _problem = (await tokens.RevokeAsync(await actor.GetAsync(), token.Id, CancellationToken.None)).Error?.Message;
            _asking = null;
            await ListAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task OnMadeAsync((string Name, string Secret) made)
    {
        (_madeFor, _secret) = made;
        await ListAsync();
        Close();
    }

    private void Close() => navigation.NavigateTo((_state with { Adding = false }).ToUrl(Urls.AdminTokens, TokenFields.Usual));

    private async Task ListAsync()
    {
        try
        {
            _all = await tokens.ListAsync(CancellationToken.None);
        }
        catch (AuditUnavailableException e)
        {
            _all ??= [];
            _problem = e.Message;
        }

        Arrange();
    }

    private void Arrange() => _rows = _all is null ? [] : TokenFields.Apply(_all, _query, _state.Sort, Now);

    private void OnFilter(string filter) => navigation.NavigateTo((_state with { Filter = filter }).ToUrl(Urls.AdminTokens, TokenFields.Usual), replace: true);

    private void OnSort(TableSort sort) => navigation.NavigateTo((_state with { Sort = sort }).ToUrl(Urls.AdminTokens, TokenFields.Usual), replace: true);
}
