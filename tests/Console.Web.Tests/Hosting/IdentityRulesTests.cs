using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

public sealed class IdentityRulesTests
{
    private const string Audience = "/projects/123456789012/locations/europe-west1/services/opsconsole";

    [Fact]
    public void Mode_Unset_IsDemoWithoutAndLocalWithAProject()
    {
        Assert.Equal(IdentityMode.Demo, new ConsoleSettings().IdentityMode);
        Assert.Equal(IdentityMode.Local, new ConsoleSettings { Projects = ["my-project"] }.IdentityMode);
    }

    [Theory]
    [InlineData("Demo", "http://127.0.0.1:1;http://0.0.0.0:2", "", "loopback addresses only")]
    [InlineData("", "http://0.0.0.0:8080", "", "loopback addresses only")]
    [InlineData("", "http://*:8080", "", "loopback addresses only")]
    [InlineData("", "http://[::]:8080", "", "loopback addresses only")]
    [InlineData("", "http://192.168.1.2:8080", "", "loopback addresses only")]
    [InlineData("Demo", "http://127.0.0.1:1", "my-project", "with a real project")]
    [InlineData("Local", "http://0.0.0.0:2", "my-project", "loopback addresses only")]
    [InlineData("", "http://0.0.0.0:2", "my-project", "loopback addresses only")]
    [InlineData("Local", "http://0.0.0.0:1", "", "loopback addresses only")]
    [InlineData("Iap", "http://0.0.0.0:1", "my-project", "Audiences is empty")]
    [InlineData("Password", "http://127.0.0.1:1", "", "Legal: Iap, Local, Demo")]
    [InlineData("7", "http://127.0.0.1:1", "", "Legal: Iap, Local, Demo")]
    [InlineData("Iap,Local", "http://127.0.0.1:1", "my-project", "Legal: Iap, Local, Demo")]
    public void Check_WhereAnybodyCouldComeIn_RefusesToStart(string mode, string urls, string project, string because)
    {
        var settings = Any();
        (settings.Identity.Mode, settings.Urls) = (mode, urls);
        settings.Projects = project.Length > 0 ? [project] : [];

        Assert.Contains(SettingsRules.Check(settings), failure => failure.Contains(because, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_IapWithoutAProject_ShowsTheSimulatedOneToThoseWhomTheProxyNames()
    {
        var settings = Any();
        (settings.Identity.Mode, settings.Urls) = ("Iap", "http://0.0.0.0:8080");
        settings.Identity.Iap.Audiences = [Audience];

        Assert.Empty(SettingsRules.Check(settings));
        Assert.True(settings.Demo);
    }

    [Fact]
    public void Check_IapOnAnyAddress_IsGood()
    {
        var settings = Any();
        (settings.Identity.Mode, settings.Urls, settings.Projects) = ("Iap", "http://0.0.0.0:8080", ["my-project"]);
        settings.Identity.Iap.Audiences = [Audience, "/projects/123456789012/global/backendServices/42"];

        Assert.Empty(SettingsRules.Check(settings));
    }

    [Theory]
    [InlineData("projects/1/locations/r/services/s")]
    [InlineData("/projects/my-project/locations/europe-west1/services/opsconsole")]
    [InlineData("/projects/1/global/backendServices/name")]
    [InlineData("https://console.acme.example")]
    public void Check_AudienceOfNeitherForm_IsRefused(string audience)
    {
        var settings = Any();
        settings.Identity.Iap.Audiences = [audience];

        Assert.Contains(SettingsRules.Check(settings), failure => failure.Contains(audience, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://keys.example/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("keys")]
    public void Check_KeysInTheClear_AreRefused(string address)
    {
        var settings = Any();
        settings.Identity.Iap.KeysAddress = address;

        Assert.Contains(SettingsRules.Check(settings), failure => failure.Contains("KeysAddress", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_Roles_NameEachMistake()
    {
        var settings = Any();
        settings.Roles.Sre = ["sam", "group:absent", "sam@acme.example;place=x"];
        settings.Roles.Admin = ["@acme.example", "ada@acme.example;project=p"];
        settings.Roles.Groups = ["nobody", "x=y"];
        settings.Identity.Local.Roles = ["King"];

        var failures = SettingsRules.Check(settings).ToList();

        Assert.Equal(8, failures.Count);
        Assert.All(failures, static f => Assert.Contains("Legal", f.Contains("absent", StringComparison.Ordinal) ? "Legal" : f, StringComparison.Ordinal));
    }

    private static ConsoleSettings Any() => new() { Data = Path.GetTempPath(), Urls = "http://127.0.0.1:0" };
}
