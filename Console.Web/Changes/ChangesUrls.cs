using OpsConsole.Core.Changes;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web;

/// <summary>Addresses of changes. The dialog opens over any page: its state is a part of that page's address.</summary>
public static partial class Urls
{
    /// <summary>All changes, those under way first.</summary>
    public const string Changes = "/changes";

    /// <summary>One change.</summary>
    public static string Change(string id) => $"{Changes}/{Uri.EscapeDataString(id)}";

    /// <summary>Where a service, worker pool or job is shown.</summary>
    public static string Of(ResourceName resource) => resource.Collection switch
    {
        "workerPools" => With(WorkerPools, ("selected", FleetListState.KeyOf(resource))),
        "jobs" => With(Jobs, ("selected", FleetListState.KeyOf(resource))),
        _ => Service(resource),
    };

    /// <summary>A page with the list of all that can be changed on a resource.</summary>
    /// <param name="page">Address of the page that the dialog opens over, with or without a query.</param>
    /// <param name="on">The service, worker pool or job.</param>
    public static string ChooseChange(string page, ResourceName on) => new ChangeAddress(on).OnPage(page);

    /// <summary>A page with the plan of a change.</summary>
    public static string PlanChange(string page, ResourceName on, Change change) => new ChangeAddress(on) { Change = change }.OnPage(page);

    /// <summary>A page with the form of a kind of change, filled with the values of now.</summary>
    /// <param name="page">Address of the page that the dialog opens over.</param>
    /// <param name="on">The service, worker pool or job.</param>
    /// <param name="form">Key of a <see cref="Web.Changes.Forms.ChangeForm"/>.</param>
    public static string ChangeForm(string page, ResourceName on, string form) => new ChangeAddress(on) { Form = form }.OnPage(page);

    /// <summary>A page with the plan that takes a change back.</summary>
    /// <param name="page">Address of the page that the dialog opens over.</param>
    /// <param name="on">The resource that was changed.</param>
    /// <param name="change">Id of the change.</param>
    public static string UndoChange(string page, ResourceName on, string change) => new ChangeAddress(on) { Undo = change }.OnPage(page);
}
