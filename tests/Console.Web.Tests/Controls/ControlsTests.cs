using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Controls;

public sealed class ControlsTests : ConsoleContext
{
    [Fact]
    public void Timestamp_Relative_HasExactUtcOnHover()
    {
        var clock = new Clock(Build.Now, TimeZoneInfo.Utc);

        var time = Render<Timestamp>(p => p.Add(t => t.Value, Build.Now.AddMinutes(-5)).Add(t => t.Relative, true).AddCascadingValue(clock)).Find("time");

        Assert.Equal("5 min ago", time.TextContent);
        Assert.Equal("2026-11-22 08:55:00 UTC", time.GetAttribute("title"));
        Assert.Equal("2026-11-22T08:55:00.000Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public void Timestamp_Unknown_SaysSo() => Assert.Contains("not known", Render<Timestamp>().Markup, StringComparison.Ordinal);

    [Fact]
    public async Task ZoneSwitch_Local_ChangesTheClockAndIsRemembered()
    {
        JSInterop.Setup<string?>("opsConsole.zone").SetResult("utc Asia/Tokyo");
        var viewer = Services.GetRequiredService<ViewerClock>();
        await viewer.StartAsync();
        var zones = Render<ZoneSwitch>();
        Assert.Equal("true", zones.FindAll("button")[0].GetAttribute("aria-pressed"));

        await zones.FindAll("button")[1].ClickAsync();

        Assert.Equal("Asia/Tokyo", viewer.Current.Zone.Id);
        Assert.Equal("true", zones.FindAll("button")[1].GetAttribute("aria-pressed"));
        Assert.Contains("Asia/Tokyo", zones.Find(".zone-name").TextContent, StringComparison.Ordinal);
        Assert.Equal(["zone", "local"], JSInterop.Invocations["opsConsole.remember"].Single().Arguments);
    }

    [Fact]
    public async Task ViewerClock_AsTimePasses_TicksAndTells()
    {
        var viewer = Services.GetRequiredService<ViewerClock>();
        await viewer.StartAsync();
        var before = viewer.Current.Now;

        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(1), viewer.Current.Now - before);
    }

    [Fact]
    public void ShortId_LongValue_IsShortenedForTheEyeAndWholeForCopyAndScreenReaders()
    {
        const string id = "projects/acme-prod/locations/europe-west1/services/checkout";

        var cut = Render<ShortId>(p => p.Add(s => s.Value, id).Add(s => s.Length, 20).Add(s => s.What, "resource name"));

        Assert.Equal(20, cut.Find("code").TextContent.Length);
        Assert.Equal("true", cut.Find("code").GetAttribute("aria-hidden"));
        Assert.Equal(id, cut.Find(".visually-hidden").TextContent);
        Assert.Equal(id, cut.Find("button").GetAttribute("data-copy"));
        Assert.Equal("Copy resource name", cut.Find("button").GetAttribute("aria-label"));
    }

    [Fact]
    public void StatusWord_Always_HasAWordAndAShape()
    {
        var shapes = Enum.GetValues<Meaning>().Select(m => Render<StatusWord>(p => p.Add(s => s.MeaningOf, m).Add(s => s.Text, "word"))).ToList();

        Assert.All(shapes, static s => Assert.Contains("word", s.Find(".status").TextContent, StringComparison.Ordinal));
        Assert.Equal(shapes.Count, shapes.Select(static s => s.Find("svg").InnerHtml).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void PartialFailures_MissingPermission_NamesRegionAndPermission()
    {
        RegionFailure[] failures =
        [
            new("acme-prod", "us-east1", new CloudRunError.PermissionDenied("run.services.list", "projects/acme-prod", "denied")),
            new("acme-prod", "asia-east1", new CloudRunError.Unavailable("asia-east1", "timed out.")),
        ];

        var cut = Render<PartialFailures>(p => p.Add(f => f.Failures, failures));

        Assert.Contains("2 regions could not be read", cut.Find("summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("run.services.list", cut.FindAll("li")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("asia-east1 could not be reached: timed out.", cut.FindAll("li")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void PartialFailures_None_ShowsNothing() => Assert.Empty(Render<PartialFailures>(p => p.Add(f => f.Failures, [])).Markup.Trim());

    [Fact]
    public async Task FailureState_AnyError_CanBeTriedAgain()
    {
        var tries = 0;
        var cut = Render<FailureState>(p => p.Add(f => f.Error, new CloudRunError.Unavailable("us-east1", "timed out.")).Add(f => f.What, "services").Add(f => f.OnRetry, () => tries++));

        await cut.Find("button").ClickAsync();

        Assert.Equal(1, tries);
        Assert.Equal("Services could not be read", cut.Find("h2").TextContent);
    }

    [Fact]
    public void FailureState_NoCredentials_SaysWhichCommandMakesThem() =>
        Assert.Contains("gcloud auth application-default login", Render<FailureState>(p => p.Add(f => f.Error, new CloudRunError.NotAuthenticated("")).Add(f => f.What, "services")).Markup, StringComparison.Ordinal);

    [Fact]
    public void JsonView_SecretsAndMarkup_AreHiddenAndEncoded()
    {
        const string json = """{"env":[{"name":"DB_PASSWORD","value":"hunter2"}],"description":"<script>alert(1)</script>"}""";

        var cut = Render<JsonView>(p => p.Add(j => j.RawJson, json));

        Assert.DoesNotContain("hunter2", cut.Markup, StringComparison.Ordinal);
        Assert.Empty(cut.FindAll("script"));
        Assert.Contains("<script>", cut.Find("code").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void DiffTable_SecretAbsentAndPlain_SaysEachInWords()
    {
        DiffLine[] lines = [new("Variables", "TOKEN", "old-secret", "new-secret", Secret: true), new("Scaling", "Minimum", null, "2")];

        var cut = Render<DiffTable>(p => p.Add(d => d.Lines, lines));

        Assert.DoesNotContain("secret\"", cut.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("old-secret", cut.Markup, StringComparison.Ordinal);
        Assert.Equal(["a hidden value", "another hidden value", "not set", "2"], cut.FindAll("td").Select(static td => td.TextContent.Trim()));
    }

    [Fact]
    public void TrafficBar_Split_IsWrittenOut()
    {
        var cut = Render<TrafficBar>(p => p.Add(t => t.Shares, [("checkout-00002-bbb", 90), ("checkout-00001-aaa", 7), ("checkout-00000-zzz", 3)]).Add(t => t.Service, "checkout"));

        Assert.Equal(["90 % 00002-bbb", "7 % 00001-aaa", "and 1 more"], cut.FindAll(".traffic-share").Select(static s => s.TextContent));
        Assert.Equal(3, cut.FindAll("rect").Count);
    }

    [Fact]
    public void DetailsPane_Tabs_AreLinksAndTheOpenOneIsCurrent()
    {
        var cut = Render<DetailsPane>(p => p
            .Add(d => d.Title, "checkout-00002-bbb").Add(d => d.Name, "revision").Add(d => d.CloseHref, "/services").Add(d => d.Tab, "b")
            .Add(d => d.Tabs, [new PaneTab("a", "A", "/a"), new PaneTab("b", "B", "/b")]).AddChildContent("inside"));

        Assert.Equal("/services", cut.Find("[data-close-pane]").GetAttribute("href"));
        Assert.Equal("/b", cut.Find("nav [aria-current=page]").GetAttribute("href"));
        Assert.NotNull(cut.Find("[role=separator]").GetAttribute("aria-valuenow"));
    }
}
