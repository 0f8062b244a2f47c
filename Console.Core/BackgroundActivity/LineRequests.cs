using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Four bytes a line for its request: the number of the certain one; -1 for none; and, since only lines without a certain request
/// have a probable one, -2 - number for that. With millions of lines a second column would show in the memory.
/// </summary>
internal sealed class LineRequests
{
    private const int None = -1;

    private readonly int[] _coded;

    public LineRequests(int lines)
    {
        _coded = LargeArrays.Of<int>(lines);
        Array.Fill(_coded, None);
    }

    public int Count => _coded.Length;

    /// <summary>The certain request, or -1.</summary>
    public int Of(int line) => Math.Max(_coded[line], None);

    /// <summary>The probable request, or -1.</summary>
    public int ProbableOf(int line) => Math.Max(-2 - _coded[line], None);

    /// <summary>Gives a line its certain request; anything below 0 takes it away.</summary>
    public void Set(int line, int request) => _coded[line] = Math.Max(request, None);

    /// <summary>Gives a line without a certain request its probable one; anything below 0 takes it away.</summary>
    public void SetProbable(int line, int request) => _coded[line] = request < 0 ? None : -2 - request;
}
