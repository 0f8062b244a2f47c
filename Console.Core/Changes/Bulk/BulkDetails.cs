using System.Text.Json;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>What the event that begins a bulk says in its details.</summary>
/// <param name="Title">What the change does.</param>
/// <param name="Change">The change; see <see cref="ChangeJson"/>.</param>
/// <param name="Rows">One for each service, as the bulk began.</param>
/// <param name="Parallelism">How many at a time.</param>
/// <param name="ReceiptFirst">Whether the first receipt is waited for.</param>
/// <param name="Console">The console that carries it out.</param>
internal sealed record BulkDetails(string Title, JsonElement Change, IReadOnlyList<BulkRowDetails> Rows, int Parallelism, bool ReceiptFirst, string Console);
