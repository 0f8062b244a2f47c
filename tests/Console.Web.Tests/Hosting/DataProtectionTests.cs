using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

public sealed class DataProtectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Keys_InTheDatabase_SignTheCookiesOfTheNextStart()
    {
        string cookie;
        await using (var first = await StartAsync(null))
        {
            cookie = await SignInAsync(first);
            Assert.Contains("<masterKey", Keys(first), StringComparison.Ordinal);
        }

        await using var second = await StartAsync(null);
        Assert.Equal(System.Net.HttpStatusCode.OK, await AskAsync(second, cookie));
    }

    [Fact]
    public async Task Keys_WithAKeyOfTheSettings_LieEncryptedAndOutliveItsRotation()
    {
        var (old, young) = (Key(), Key());
        string cookie;
        await using (var first = await StartAsync(Write(old)))
        {
            cookie = await SignInAsync(first);
            var keys = Keys(first);
            Assert.DoesNotContain("<masterKey", keys, StringComparison.Ordinal);
            Assert.Contains("<sealed", keys, StringComparison.Ordinal);
        }

        await using (var rotated = await StartAsync(Write(young, old)))
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, await AskAsync(rotated, cookie));
        }

        await using var dropped = await StartAsync(Write(young));
        Assert.NotEqual(System.Net.HttpStatusCode.OK, await AskAsync(dropped, cookie));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bm90IDMyIGJ5dGVz")]
    [InlineData("***")]
    public void KeyFile_ThatIsNone_StopsTheStartWithASentence(string content)
    {
        var file = Path.Combine(_folder, "key");
        File.WriteAllText(file, content);
        var settings = new ConsoleSettings { Data = _folder, Urls = "http://127.0.0.1:0" };
        settings.DataProtection.KeyFile = file;

        Assert.Contains(SettingsRules.Check(settings), static f => f.Contains("DataProtection:KeyFile", StringComparison.Ordinal) && f.Contains("openssl rand -base64 32", StringComparison.Ordinal));
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private string Write(params string[] keys)
    {
        var file = Path.Combine(_folder, "key");
        File.WriteAllLines(file, keys);
        return file;
    }

    private async Task<ConsoleHost> StartAsync(string? keyFile)
    {
        var settings = new ConsoleSettings { Urls = "http://127.0.0.1:0", Data = Path.Combine(_folder, "data") };
        settings.Simulator.HistoryHours = 0;
        settings.Simulator.LiveTraffic = false;
        settings.DataProtection.KeyFile = keyFile ?? "";
        return await ConsoleHost.StartAsync(settings, CancellationToken.None);
    }

    private static HttpClient Browser(ConsoleHost console) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new System.Net.CookieContainer() }) { BaseAddress = new Uri(console.Addresses[0]) };

    private static async Task<string> SignInAsync(ConsoleHost console)
    {
        using var browser = Browser(console);
        using var answer = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "viewer"));
        return answer.Headers.GetValues("Set-Cookie").Single(static c => c.StartsWith("opsconsole=", StringComparison.Ordinal)).Split(';')[0];
    }

    private static async Task<System.Net.HttpStatusCode> AskAsync(ConsoleHost console, string cookie)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(console.Addresses[0]) };
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await browser.GetAsync(new Uri("/services", UriKind.Relative));
        return answer.StatusCode;
    }

    private string Keys(ConsoleHost console)
    {
        _ = console;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "data", "console.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(Xml) FROM protection_key";
        return (string)command.ExecuteScalar()!;
    }
}
