using System.Globalization;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Receipts against leaves and waiting events. Receipts come by number, leaves nearly so: what is out of order waits in memory until its
/// counterpart comes.
/// </summary>
internal sealed class ReceiptCheck(LedgerCursor receipts, Findings findings, Explanations explanations) : IAsyncDisposable
{
    private const int Workspace = 1;
    private const int Id = 2;
    private const int RecordedAt = 3;
    private readonly Dictionary<long, Receipt> _ahead = [];

    /// <summary>Rows so far.</summary>
    public long Count => receipts.Count;

    /// <summary>The leaf of an event, or of one that was lost before sealing.</summary>
    public async ValueTask AtAsync(LeafAt leaf)
    {
        if (leaf.Facts.Type is not (LeafType.Event or LeafType.Missing))
        {
            return;
        }

        var number = leaf.Facts.Number;
        while (receipts.Key < number)
        {
            _ahead.TryAdd(receipts.Key, Current());
            await receipts.MoveAsync();
        }

        if (receipts.Key == number)
        {
            var isRight = leaf.Facts.Is(leaf.Bytes, LeafSlot.Workspace, false, receipts.Bytes(Workspace)) && leaf.Facts.Is(leaf.Bytes, LeafSlot.Id, false, receipts.Bytes(Id))
                && (leaf.Facts.Type == LeafType.Missing || receipts.Number(RecordedAt) == leaf.Facts.RecordedAt);
            if (!isRight)
            {
                Different(leaf, Current());
            }
            else if (receipts.IsNull(4))
            {
                Unsalted(leaf);
            }

            await receipts.MoveAsync();
        }
        else if (_ahead.Remove(number, out var receipt))
        {
            if (receipt.Workspace != leaf.Text(LeafSlot.Workspace) || receipt.Id != leaf.Text(LeafSlot.Id)
                || (leaf.Facts.Type == LeafType.Event && receipt.RecordedAt != leaf.Facts.RecordedAt))
            {
                Different(leaf, receipt);
            }
            else if (receipt.Salt is null)
            {
                Unsalted(leaf);
            }
        }
        else
        {
            findings.Add(
                leaf.Problem(VerifyProblemKind.ReceiptChanged, string.Create(CultureInfo.InvariantCulture, $"The receipt of the event at index {leaf.Index} is gone: its id could be used again.")),
                static (first, last) => string.Create(CultureInfo.InvariantCulture, $"The receipts of the events at indices {first} to {last} are gone: their ids could be used again."));
        }
    }

    /// <summary>A leaf whose bytes are not there or not right: its receipt is left alone.</summary>
    public void Pass(long number) => _passed.Add(number);

    /// <summary>A waiting event: takes its receipt, or says what is wrong with it.</summary>
    /// <param name="inbox">Stands on the event's row.</param>
    public async ValueTask WaitingAsync(LedgerCursor inbox)
    {
        while (receipts.Key < inbox.Key)
        {
            _ahead.TryAdd(receipts.Key, Current());
            await receipts.MoveAsync();
        }

        if (receipts.Key == inbox.Key)
        {
            _ahead.TryAdd(receipts.Key, Current());
            await receipts.MoveAsync();
        }

        var isRight = _ahead.Remove(inbox.Key, out var receipt)
            && receipt.Workspace == inbox.Text(Workspace) && receipt.Id == inbox.Text(Id) && receipt.RecordedAt == inbox.Number(RecordedAt)
            && (receipt.Salt is not { } salt || System.Security.Cryptography.SHA256.HashData([.. salt, .. inbox.Bytes(6)]).AsSpan().SequenceEqual(receipt.Digest));
        if (!isRight)
        {
            findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.InboxChanged,
                Sentence = $"The event '{inbox.Text(Id)}' of workspace '{inbox.Text(Workspace)}' waits to be sealed and is not what was recorded, by its receipt.",
                Workspace = inbox.Text(Workspace),
                EventId = inbox.Text(Id),
            });
        }
    }

    /// <summary>What is left belongs to nothing.</summary>
    /// <param name="isExplained">Whether a number is known otherwise.</param>
    public async ValueTask EndAsync(Func<long, bool> isExplained)
    {
        foreach (var (number, receipt) in _ahead)
        {
            Left(number, receipt, isExplained);
        }

        for (; receipts.HasRow; await receipts.MoveAsync())
        {
            Left(receipts.Key, Current(), isExplained);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => receipts.DisposeAsync();

    private readonly HashSet<long> _passed = [];

    private void Left(long number, Receipt receipt, Func<long, bool> isExplained)
    {
        if (_passed.Contains(number))
        {
            return;
        }

        findings.Add(new VerifyProblem
        {
            Kind = VerifyProblemKind.ReceiptUnexpected,
            Sentence = isExplained(number)
                ? string.Create(CultureInfo.InvariantCulture, $"Event '{receipt.Id}' of workspace '{receipt.Workspace}' has a receipt (number {number}), and the log says something else of that number: the event was taken away before it was sealed, or the receipt is made up.")
                : string.Create(CultureInfo.InvariantCulture, $"Event '{receipt.Id}' of workspace '{receipt.Workspace}' has a receipt (number {number}), and is neither sealed nor waiting: it was taken away before it was sealed, or the receipt is made up."),
            Workspace = receipt.Workspace,
            EventId = receipt.Id,
        });
    }

    private Receipt Current() => new(
        Encoding.UTF8.GetString(receipts.Bytes(Workspace)), Encoding.UTF8.GetString(receipts.Bytes(Id)), receipts.Number(RecordedAt),
        receipts.IsNull(4) ? null : receipts.Bytes(4).ToArray(), receipts.Bytes(5).ToArray());

    // Erasing takes the salt away, and nothing else does.
    private void Unsalted(LeafAt leaf)
    {
        if (!explanations.IsErased(leaf.Text(LeafSlot.Workspace), leaf.Text(LeafSlot.Id), leaf.Text(LeafSlot.ActorRef)))
        {
            findings.Add(leaf.Problem(
                VerifyProblemKind.ReceiptChanged,
                string.Create(CultureInfo.InvariantCulture, $"The receipt of the event at index {leaf.Index} has lost its salt, and no decision to erase it is in the log: whether the event is sent again cannot be told any more.")));
        }
    }

    private void Different(LeafAt leaf, Receipt receipt) => findings.Add(leaf.Problem(
        VerifyProblemKind.ReceiptChanged,
        string.Create(CultureInfo.InvariantCulture, $"The receipt with the number of the event at index {leaf.Index} says something else than the leaf."),
        $"{leaf.Text(LeafSlot.Workspace)} {leaf.Text(LeafSlot.Id)}",
        $"{receipt.Workspace} {receipt.Id}"));

    private sealed record Receipt(string Workspace, string Id, long RecordedAt, byte[]? Salt, byte[] Digest);
}
