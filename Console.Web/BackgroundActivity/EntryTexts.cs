using OpsConsole.Core.Logs;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Reads single entries back from where they lie.</summary>
public static class EntryTexts
{
    /// <summary>The entry; null when its source can no longer be read (deleted meanwhile) or is broken.</summary>
    public static LogEntry? Read(LogTable table, EntryRef reference)
    {
        try
        {
            return LogEntryReader.TryRead(table.ReadEntry(reference), out var entry) ? entry : null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary><c>https://checkout-abc.a.run.app/orders?x=1</c> → <c>/orders?x=1</c>, cleaned of what would mislead.</summary>
    public static string PathOf(string url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal);
        if (host >= 0)
        {
            var path = url.IndexOf('/', host + 3);
            url = path < 0 ? "/" : url[path..];
        }

        return LogText.Clean(url);
    }
}
