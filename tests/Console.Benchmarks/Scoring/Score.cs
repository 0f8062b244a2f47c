using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Benchmarks.Scoring;

/// <summary>
/// Compares what <c>correlate --classified</c> wrote with the truth of a generated export. Late lines whose true tail is below the
/// tolerance count neither way; resumed lines that nothing but time joins are listed apart.
/// </summary>
internal sealed class Score(double toleranceSeconds)
{
    private readonly Dictionary<string, Row> _truth = [];
    private readonly Dictionary<(string Truth, string Said), long> _matrix = [];
    private Tally _late;
    private Tally _idle;
    private long _named;
    private long _namedRight;
    private long _probable;
    private long _probableRight;
    private long _undecidable;
    private long _guessed;
    private long _unknown;

    /// <summary>Prints the figures; returns whether they reach the goals.</summary>
    public bool Run(string classifiedFile, string truthFile, TextWriter to)
    {
        foreach (var line in File.ReadLines(truthFile))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var tail = row.GetProperty("tailSeconds");
            _truth[row.GetProperty("insertId").GetString()!] = new Row(
                row.GetProperty("class").GetString()!,
                row.GetProperty("request").GetString(),
                tail.ValueKind == JsonValueKind.Number ? tail.GetDouble() : 0,
                row.GetProperty("joined").GetBoolean(),
                row.GetProperty("owner").GetString());
        }

        var total = _truth.Count;
        foreach (var line in File.ReadLines(classifiedFile))
        {
            using var json = JsonDocument.Parse(line);
            var said = json.RootElement;
            if (!_truth.Remove(said.GetProperty("insertId").GetString()!, out var row))
            {
                _unknown += said.GetProperty("class").GetString() == "platform" ? 0 : 1;
                continue;
            }

            Count(row, said.GetProperty("class").GetString()!, said.GetProperty("request").GetString());
            if (said.GetProperty("probableRequest").GetString() is { } probable)
            {
                _probable++;
                _probableRight += probable == row.Owner ? 1 : 0;
            }
        }

        Print(to, total);
        return _late.Precision >= 0.99 && _late.Recall >= 0.99 && _idle.Precision >= 0.98 && _idle.Recall >= 0.98
            && _namedRight >= _named * 0.99 && _probableRight >= _probable * 0.95 && _truth.Count == 0;
    }

    private void Count(Row row, string said, string? request)
    {
        _matrix[(row.Class, said)] = _matrix.GetValueOrDefault((row.Class, said)) + 1;
        var isLate = row.Class is "after-response" or "resumed";
        var saidLate = said is "after-response" or "resumed";
        var neither = (isLate && (!row.Joined || row.Tail < toleranceSeconds)) || (row.Class == "boundary" && row.Tail >= 0.02);
        if (!neither)
        {
            _late.Add(isLate, saidLate);
            _idle.Add(row.Class == "idle-instance", said == "idle-instance");
            if (isLate && saidLate)
            {
                _named++;
                _namedRight += request == row.Request ? 1 : 0;
            }
        }

        if (row.Class == "unattributed")
        {
            _undecidable++;
            _guessed += said == "unattributed" ? 0 : 1;
        }
    }

    private void Print(TextWriter to, int total)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            lines in the truth                     {total:N0}, not classified {_truth.Count:N0}, classified but unknown {_unknown:N0}
            after-response + resumed (joined)      precision {_late.Precision:F4}  recall {_late.Recall:F4}  ({_late})
            idle-instance                          precision {_idle.Precision:F4}  recall {_idle.Recall:F4}  ({_idle})
            named request right                    {(_named == 0 ? 1 : (double)_namedRight / _named):F4}  ({_namedRight:N0} of {_named:N0})
            probable request right                 {(_probable == 0 ? 1 : (double)_probableRight / _probable):F4}  ({_probableRight:N0} of {_probable:N0})
            undecidable, guessed into other classes {_guessed:N0} of {_undecidable:N0}
            """));
        foreach (var ((truth, said), count) in _matrix.OrderBy(cell => cell.Key.Truth, StringComparer.Ordinal).ThenByDescending(cell => cell.Value))
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  truth {truth,-15} said {said,-15} {count,12:N0}"));
        }
    }

    private sealed record Row(string Class, string? Request, double Tail, bool Joined, string? Owner);

    private struct Tally
    {
        private long _right;
        private long _wrong;
        private long _missed;

        public readonly double Precision => _right + _wrong == 0 ? 1 : (double)_right / (_right + _wrong);

        public readonly double Recall => _right + _missed == 0 ? 1 : (double)_right / (_right + _missed);

        public void Add(bool isIt, bool said)
        {
            _right += isIt && said ? 1 : 0;
            _wrong += !isIt && said ? 1 : 0;
            _missed += isIt && !said ? 1 : 0;
        }

        public override readonly string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"right {_right:N0}, wrong {_wrong:N0}, missed {_missed:N0}");
    }
}
