namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Compares the rows that a table has for leaves with the leaves.</summary>
internal abstract class LeafCheck(LedgerCursor rows, Findings findings) : IAsyncDisposable
{
    /// <summary>Rows so far.</summary>
    public long Count => Rows.Count;

    /// <summary>The table.</summary>
    protected LedgerCursor Rows { get; } = rows;

    /// <summary>Where problems go.</summary>
    protected Findings Findings { get; } = findings;

    /// <summary>Goes on to a leaf whose bytes are those that were sealed, and compares.</summary>
    public async ValueTask AtAsync(LeafAt leaf)
    {
        while (Rows.Key < leaf.Index)
        {
            Stray();
            await Rows.MoveAsync();
        }

        if (Rows.Key == leaf.Index)
        {
            Compare(leaf);
            await Rows.MoveAsync();
        }
        else
        {
            Missing(leaf);
        }
    }

    /// <summary>Goes past a leaf whose bytes are not there or not right, which is told elsewhere.</summary>
    public async ValueTask PassAsync(long index)
    {
        while (Rows.Key < index)
        {
            Stray();
            await Rows.MoveAsync();
        }

        if (Rows.Key == index)
        {
            await Rows.MoveAsync();
        }
    }

    /// <summary>What is left has no leaf.</summary>
    public async ValueTask EndAsync()
    {
        while (Rows.HasRow)
        {
            Stray();
            await Rows.MoveAsync();
        }

        Ended();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Rows.DisposeAsync();

    /// <summary>The current row is of the leaf.</summary>
    protected abstract void Compare(LeafAt leaf);

    /// <summary>There is no row for the leaf.</summary>
    protected abstract void Missing(LeafAt leaf);

    /// <summary>The current row is of no leaf, or a second one.</summary>
    protected abstract void Stray();

    /// <summary>All rows were seen.</summary>
    protected virtual void Ended()
    {
    }
}
