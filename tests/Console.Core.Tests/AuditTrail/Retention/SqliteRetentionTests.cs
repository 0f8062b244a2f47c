using System.Text;
using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Retention;

/// <summary>Retention in the file.</summary>
public sealed class SqliteRetentionTests() : RetentionContract(DatabaseKind.Sqlite)
{
    protected override async Task NothingHasAsync(params string[] texts)
    {
        // The file itself, its free pages too.
        var file = Bench.Database.Database.Name;
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        var content = Encoding.Latin1.GetString(bytes);
        foreach (var text in texts)
        {
            Assert.DoesNotContain(text, content, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..8], content, StringComparison.Ordinal);
        }
    }
}
