using System.Data.Common;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>
/// Rows of a query that may be left before the end: then the server is told. Otherwise disposing reads all that is left of them, and whoever breaks off
/// a list of millions has the server at work for minutes more.
/// </summary>
internal sealed class StreamedRows(DbCommand command, DbDataReader rows) : IAsyncDisposable
{
    private bool _isOver;

    /// <summary>The row that was read last.</summary>
    public DbDataReader Row => rows;

    /// <summary>Reads one; false at the end.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        // Where this fails there is nothing left to read.
        _isOver = true;
        var isRow = await rows.ReadAsync(cancellationToken);
        _isOver = !isRow;
        return isRow;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_isOver)
        {
            await rows.DisposeAsync();
            return;
        }

        command.Cancel();
        try
        {
            await rows.DisposeAsync();
        }
        catch (Exception e) when (AuditSql.IsFailure(e) || e is OperationCanceledException)
        {
            // That it was cancelled.
        }
    }
}
