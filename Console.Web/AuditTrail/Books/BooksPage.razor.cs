using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary>Statements of the three books. Opening the page is a reading that is recorded; filtering what is there is not a second one.</summary>
public sealed partial class BooksPage : IDisposable
{
    private static readonly IReadOnlyList<FilterHint> Hints = [.. BooksRows.Fields.All.Select(static f => new FilterHint(f.Key, f.Meaning, f.Example))];

    private readonly Leaving _leaving = new();
    private BooksPageState _state = new();
    private string _project = "";
    private string _readProject = "";
    private IReadOnlyList<SealedStatement> _statements = [];
    private IReadOnlyList<StatementRow> _rows = [];
    private IReadOnlyList<TableColumn<StatementRow>> _columns = [];
    private IReadOnlyList<PaneTab> _tabs = [];
    private SealedStatement? _shown;
    private StatementRow? _open;
    private DateTime _from;
    private DateTime _to;
    private string _told = "";
    private string? _refused;
    private bool _isRead;
    private bool _busy;
    private bool _mayExport;

    [SupplyParameterFromQuery(Name = "project")]
    public string? Project { get; set; }

    [SupplyParameterFromQuery(Name = "statement")]
    public string? StatementId { get; set; }

    [SupplyParameterFromQuery(Name = "verdict")]
    public string? Verdict { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "row")]
    public string? Row { get; set; }

    [Inject]
    private Statements Statements { get; set; } = default!;

    [Inject]
    private ICloudRun CloudRun { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayExport = await Actor.MayAsync(Permission.ExportAudit);
        var now = Time.GetUtcNow().UtcDateTime;
        _to = now.Date.AddHours(now.Hour + 1);
        _from = _to.AddDays(-1);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _project = CloudRun.Projects.Contains(Project ?? "", StringComparer.Ordinal) ? Project! : CloudRun.Projects.Count > 0 ? CloudRun.Projects[0] : "";
        _state = new BooksPageState
        {
            Project = Project is { Length: > 0 } ? _project : "",
            Statement = StatementId ?? "",
            Verdict = StatementWords.Parse(Verdict),
            Filter = Filter?.Trim() ?? "",
            Sort = TableSort.Parse(Sort, BooksPageState.DefaultSort, BooksRows.SortKeys),
            Row = Row ?? "",
        };
        if (_readProject != _project)
        {
            await ReadAsync();
        }
        else
        {
            Arrange();
        }
    }

    private async Task ReadAsync()
    {
        _readProject = _project;
        try
        {
            _statements = await Statements.ListAsync(await Actor.GetAsync(), _project, _leaving.Token);
            (_isRead, _refused) = (true, null);
            Arrange();
        }
        catch (Exception e) when (e is AuditUnavailableException or UnauthorizedAccessException)
        {
            _refused = e.Message;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Somebody went elsewhere.
        }
    }

    private async Task MakeAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _refused, _told) = (true, null, "");
        try
        {
            var answer = await Statements.MakeAsync(await Actor.GetAsync(), _project, Utc(_from), Utc(_to), _leaving.Token);
            if (answer is StatementAnswer.Made { Statement: var made })
            {
                _told = "Made and recorded.";
                await ReadAsync();
                Go(_state with { Statement = made.Id, Row = "", Verdict = null, Filter = "" });
            }
            else if (answer is StatementAnswer.Refused refused)
            {
                _refused = refused.Sentence;
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _busy = false;
        }
    }

    private void Arrange()
    {
        _shown = _statements.FirstOrDefault(s => s.Statement.Id == _state.Statement) ?? (_statements.Count > 0 ? _statements[0] : null);
        if (_shown is null)
        {
            return;
        }

        _rows = BooksRows.Of(_shown.Statement, _state);
        _columns = BooksColumns.Of(row => (_state with { Row = BooksRows.Key(row) }).ToUrl());
        _open = _state.Row.Length == 0 ? null : _shown.Statement.Rows.FirstOrDefault(row => BooksRows.Key(row) == _state.Row);
        _tabs =
        [
            new("", $"All ({Number(_shown.Statement.Rows.Count)})", (_state with { Verdict = null, Row = "" }).ToUrl()),
            .. StatementWords.All.Where(v => _shown.Statement.Count(v) > 0 || v == _state.Verdict)
                .Select(v => new PaneTab(v.Word(), $"{char.ToUpperInvariant(v.Phrase()[0])}{v.Phrase()[1..]} ({Number(_shown.Statement.Count(v))})", (_state with { Verdict = v, Row = "" }).ToUrl())),
        ];
    }

    private string Footer() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_rows.Count:N0} of {_shown!.Statement.Rows.Count:N0} changes; books read {TimeText.Exact(_shown.Statement.MadeAt, TimeZoneInfo.Utc)}, recorded in {_shown.Parts} {(_shown.Parts == 1 ? "event" : "events")}");

    private void ChooseFilter(string filter) => Navigation.NavigateTo((_state with { Filter = filter.Trim(), Row = "" }).ToUrl(), replace: true);

    private void Go(BooksPageState state) => Navigation.NavigateTo(state.ToUrl());

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
