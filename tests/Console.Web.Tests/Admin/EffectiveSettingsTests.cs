using OpsConsole.Web.Admin;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Admin;

public sealed class EffectiveSettingsTests
{
    [Fact]
    public void Of_Connection_ShowsWhereTheDatabaseIsAndNoSecret()
    {
        var settings = new ConsoleSettings();
        settings.Database.Connection = "Host=db.example;Database=ops;Username=ops;Password=hun;SSL Password=ter2;Passfile=/x";

        var shown = Value(settings, "Database:Connection");

        Assert.Contains("host=db.example", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hun", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("/x", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ConnectionThatCannotBeRead_IsMaskedAsAWhole()
    {
        var settings = new ConsoleSettings();
        settings.Database.Connection = "hunter2 without a key";

        Assert.DoesNotContain("hunter2", Value(settings, "Database:Connection"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AddressWithPassword_IsMasked()
    {
        var settings = new ConsoleSettings();
        settings.Telemetry.OtlpEndpoint = "https://ops:hunter2@collector.example";

        Assert.DoesNotContain("hunter2", Value(settings, "Telemetry:OtlpEndpoint"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EverySetting_IsThereAndSaysWhetherItIsTheDefault()
    {
        var settings = new ConsoleSettings { Projects = ["my-project"] };

        var all = EffectiveSettings.Of(settings);

        Assert.False(all.Single(static s => s.Key == "Projects").IsDefault);
        Assert.True(all.Single(static s => s.Key == "Limits:RequestsPerMinute").IsDefault);
        Assert.Contains(all, static s => s.Key == "Identity:Iap:Audiences");
        Assert.DoesNotContain(all, static s => s.Key is "Demo" or "IdentityMode");
    }

    private static string Value(ConsoleSettings settings, string key) => EffectiveSettings.Of(settings).Single(s => s.Key == key).Value;
}
