using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Tests.CloudRun;

public sealed class JobsAndWorkerPoolsTests : ConsoleContext
{
    [Fact]
    public void Jobs_SelectedInTheAddress_ShowsItsExecutions()
    {
        CloudRun.Jobs.AddRange([Build.Job(), Build.Job("weekly")]);
        CloudRun.Executions.AddRange([Build.Execution(), Build.Execution("nightly-fffff", succeeded: 1, failed: 2)]);
        Go("/services/jobs?selected=acme-prod%2Feurope-west1%2Fnightly");

        var page = RenderRead<JobsPage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".execution-table tbody tr").Count));
        Assert.Contains("1 of 3 done, 2 failed", page.FindAll(".execution-table tbody tr")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 min 30 s", page.Markup, StringComparison.Ordinal);
        Assert.Equal("nightly", page.Find("tr[aria-selected=true] th").TextContent);
        Assert.Equal("/services/jobs", page.Find("[data-close-pane]").GetAttribute("href"));
    }

    [Fact]
    public void Jobs_Rows_ShowTheLatestExecution()
    {
        CloudRun.Jobs.Add(Build.Job());

        Assert.Contains("succeeded", RenderRead<JobsPage>().Find("tr[data-row]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_None_TeachesTheNextStep() => Assert.Contains("gcloud run jobs create", RenderRead<JobsPage>().Find(".state").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Jobs_Forbidden_NamesThePermission()
    {
        CloudRun.Failures.Add(new RegionFailure(Build.Project, "", new CloudRunError.PermissionDenied("run.jobs.list", "projects/acme-prod", "denied")));

        Assert.Contains("run.jobs.list", RenderRead<JobsPage>().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkerPools_SelectedInTheAddress_ShowsSettings()
    {
        CloudRun.WorkerPools.Add(Build.WorkerPool());
        Go("/services/worker-pools?selected=acme-prod%2Feurope-west1%2Fqueue-worker");

        var page = RenderRead<WorkerPoolsPage>();

        Assert.Contains("worker pools always have CPU", page.Find(".pane-body").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkerPools_UnknownSelected_SaysSo()
    {
        CloudRun.WorkerPools.Add(Build.WorkerPool());
        Go("/services/worker-pools?selected=a%2Fb%2Fc");

        Assert.Contains("no such worker pool", RenderRead<WorkerPoolsPage>().Find(".pane").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkerPools_Filter_Works()
    {
        CloudRun.WorkerPools.AddRange([Build.WorkerPool(), Build.WorkerPool("mailer", "us-east1")]);
        Go("/services/worker-pools?q=region%3Aus");

        Assert.Equal("mailer", RenderRead<WorkerPoolsPage>().Find("tbody th").TextContent);
    }

    private void Go(string url) => Services.GetRequiredService<NavigationManager>().NavigateTo(url);
}
