using System.Reflection;
using AngleSharp.Dom;
using Bunit;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.Changes;
using OpsConsole.Web.Changes.Forms;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Tests.CloudRun;

/// <summary>Values on the pages of services are the way to change them, in one click.</summary>
public sealed class SettingLinkTests : ConsoleContext
{
    [Fact]
    public void EverySetting_OpensAFormThatThereIs_OrAChangeOfThatForm()
    {
        var settings = typeof(ServiceSetting).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(static m => m.ReturnType == typeof(ServiceSetting) && !m.IsSpecialName)
            .Select(static m => (ServiceSetting)m.Invoke(null, [Build.Service()])!).ToList();

        Assert.True(settings.Count >= 15, $"{settings.Count}");
        Assert.All(settings, static s =>
        {
            Assert.NotNull(ChangeForms.Find(s.Form));
            Assert.True(s.Other is null || ChangeForms.Of(s.Other)?.Key == s.Form, s.What);
            Assert.NotEmpty(s.Value);
        });
    }

    [Fact]
    public void Services_EachValue_IsOneClickFromItsPlanOrForm()
    {
        CloudRun.Services.Add(Build.Service());

        var page = RenderRead<ServicesPage>();

        Assert.Equal(new SetCpuAllocation(true), Address(page, "billing").Change);
        Assert.Equal(new SetStartupBoost(true), Address(page, "startup CPU boost").Change);
        Assert.Equal("instance-limits", Address(page, "minimum instances").Form);
        Assert.Equal("instance-limits", Address(page, "maximum instances").Form);
        Assert.Equal("concurrency", Address(page, "concurrency").Form);
        Assert.Equal("resources", Address(page, "CPU").Form);
        Assert.Equal("resources", Address(page, "memory").Form);
        Assert.Equal("execution-environment", Address(page, "execution environment").Form);
        Assert.Equal("traffic", Address(page, "traffic").Form);
    }

    [Fact]
    public void Services_ManualCount_LeadsToTheScalingMode()
    {
        CloudRun.Services.Add(Build.Service() with { Scaling = new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 2 } });

        var page = RenderRead<ServicesPage>();

        Assert.Equal("scaling-mode", Address(page, "minimum instances").Form);
        Assert.Equal("manual 2 (minimum instances of checkout: change)", Link(page, "minimum instances").TextContent);
    }

    [Fact]
    public void Summary_EachValue_IsOneClickFromItsPlanOrForm()
    {
        var page = Render<ServiceSummary>(p => p.Add(static s => s.Service, Build.Service()));

        Assert.Equal(new SetCpuAllocation(true), Address(page, "billing").Change);
        Assert.Equal(new SetStartupBoost(true), Address(page, "startup CPU boost").Change);
        Assert.Equal(new SetSessionAffinity(true), Address(page, "session affinity").Change);
        Assert.Equal("scaling-mode", Address(page, "scaling mode").Form);
        Assert.Equal("instance-limits", Address(page, "minimum and maximum instances of the service").Form);
        Assert.Equal("revision-limits", Address(page, "minimum and maximum instances of the revision").Form);
        Assert.Equal("concurrency", Address(page, "concurrency").Form);
        Assert.Equal("resources", Address(page, "CPU and memory").Form);
        Assert.Equal("timeout", Address(page, "request timeout").Form);
        Assert.Equal("execution-environment", Address(page, "execution environment").Form);
        Assert.Equal("traffic", Address(page, "traffic").Form);
    }

    [Fact]
    public void Value_ThatIsSwitched_SaysWhatTheOtherIs()
    {
        var page = Render<ServiceSummary>(p => p.Add(static s => s.Service, Build.Service()));

        Assert.Contains("Click to plan \"Keep CPU allocated\": a plan comes first.", Link(page, "billing").GetAttribute("title")!, StringComparison.Ordinal);
    }

    private static IElement Link<T>(IRenderedComponent<T> page, string what)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        page.FindAll("a.setting").Single(a => a.TextContent.EndsWith($" ({what} of checkout: change)", StringComparison.Ordinal));

    private static ChangeAddress Address<T>(IRenderedComponent<T> page, string what)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        var address = ChangeAddress.Parse(Link(page, what).GetAttribute("href")!);
        Assert.NotNull(address);
        Assert.Equal("checkout", address.On.Id);
        return address;
    }
}
