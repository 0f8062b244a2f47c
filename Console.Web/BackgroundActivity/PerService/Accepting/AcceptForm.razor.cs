using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Web.Access;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.BackgroundActivity.PerService.Accepting;

/// <summary>The form in the dialog that accepts a finding, or takes its acceptance back.</summary>
public sealed partial class AcceptForm : IDisposable
{
    private const int DefaultDays = 90;
    private readonly Leaving _leaving = new();
    private IReadOnlyList<Acceptance> _history = [];
    private string _reason = "";
    private DateTime _until;
    private string? _problem;
    private bool _busy;

    [Parameter, EditorRequired]
    public Finding Finding { get; set; } = default!;

    /// <summary>The acceptance that counts now; null when there is none.</summary>
    [Parameter]
    public Acceptance? Current { get; set; }

    /// <summary>Called at the end; true when something was recorded.</summary>
    [Parameter]
    public EventCallback<bool> OnDone { get; set; }

    [Inject]
    private Acceptances Acceptances { get; set; } = default!;

    [Inject]
    private CurrentActor Actor { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _leaving.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _until = Time.GetUtcNow().UtcDateTime.Date.AddDays(DefaultDays);
        try
        {
            _history = await Acceptances.HistoryAsync(Finding.Revision.Project, Finding.Id, _leaving.Token);
        }
        catch (AuditUnavailableException e)
        {
            _problem = e.Message;
        }
    }

    private string Day(int days) => Time.GetUtcNow().UtcDateTime.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task SubmitAsync()
    {
        _busy = true;
        try
        {
            var actor = await Actor.GetAsync();
            var result = Current is null
                ? await Acceptances.AcceptAsync(actor, Finding, _reason, new DateTimeOffset(_until.Date.AddDays(1), TimeSpan.Zero), _leaving.Token)
                : await Acceptances.WithdrawAsync(actor, Finding.Revision.Project, Finding.Id, _reason, _leaving.Token);
            _problem = result.Error?.Message;
            if (result.IsOk)
            {
                await OnDone.InvokeAsync(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
