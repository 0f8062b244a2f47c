using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>How far the sealer says it has come, against the log. It goes on from there: too far, and something is left out; too near, and it is done twice.</summary>
internal sealed class ProgressCheck
{
    private readonly List<string> _strangers = [];
    private long? _settled;
    private long _declared;

    /// <summary>Leaves below this index are indexed; null when nobody says so.</summary>
    public long? Indexed { get; private set; }

    /// <summary>Reads the table.</summary>
    public static async Task<ProgressCheck> ReadAsync(ILedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        var check = new ProgressCheck();
        await foreach (var rows in snapshot.ReadAsync(LedgerTable.Progress, long.MinValue, long.MaxValue, cancellationToken))
        {
            using (rows)
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    switch (rows.Text(row, 0))
                    {
                        case "settled":
                            check._settled = rows.Number(row, 1);
                            break;
                        case "indexed":
                            check.Indexed = rows.Number(row, 1);
                            break;
                        case var other:
                            check._strangers.Add(other ?? "");
                            break;
                    }
                }
            }
        }

        return check;
    }

    /// <summary>A leaf declares numbers void or lost: they were settled with it.</summary>
    public void Declared(long through) => _declared = Math.Max(_declared, through);

    /// <summary>After the last leaf, and before waiting events.</summary>
    /// <param name="findings">Where problems go.</param>
    /// <param name="numbers">Numbers that are sealed or void.</param>
    /// <param name="size">Leaves of the log.</param>
    /// <param name="searchable">Behind the last leaf that the search has.</param>
    /// <param name="isSettledAtOnce">True where the first batch settles its numbers, so that there is always a mark.</param>
    public void End(Findings findings, NumberBook numbers, long size, long searchable, bool isSettledAtOnce)
    {
        foreach (var name in _strangers)
        {
            Wrong(findings, $"There is a mark named '{name}', which the sealer does not know.", null, name);
        }

        if (numbers.Unsettled(_settled ?? 0) is { } number)
        {
            Wrong(
                findings,
                string.Create(CultureInfo.InvariantCulture, $"The sealer says that every number up to {_settled} is sealed or void, and {number} is not: what had it would never be missed."),
                string.Create(CultureInfo.InvariantCulture, $"below {number}"),
                _settled?.ToString(CultureInfo.InvariantCulture));
        }

        if ((_settled ?? 0) < _declared || (_settled is null && isSettledAtOnce && size > 0))
        {
            Wrong(
                findings,
                string.Create(CultureInfo.InvariantCulture, $"The sealer says that numbers up to {_settled ?? 0} are settled, and leaves of the log settle them up to {_declared}: it would settle some twice."),
                string.Create(CultureInfo.InvariantCulture, $"{_declared} or more"),
                _settled?.ToString(CultureInfo.InvariantCulture));
        }

        if ((Indexed ?? 0) < searchable || Indexed > size)
        {
            Wrong(
                findings,
                string.Create(CultureInfo.InvariantCulture, $"The sealer says that it has indexed the leaves below {Indexed ?? 0}, and the search has them below {searchable}, the log below {size}."),
                string.Create(CultureInfo.InvariantCulture, $"{searchable} to {size}"),
                Indexed?.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Wrong(Findings findings, string sentence, string? expected, string? found) => findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.ProgressChanged,
        Sentence = sentence,
        Expected = expected,
        Found = found,
    });
}
