using System.Runtime.CompilerServices;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pages;

/// <summary>Cloud Logging of a project in which nothing was ever logged.</summary>
internal sealed class NoLogs : ILogs
{
    public async IAsyncEnumerable<LogPage> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public LogQuota Quota(string project) => new(0, 60, TimeSpan.Zero);
}
