using System.Globalization;

namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>An enum: JSON carries its names, and, for clients that ask for <c>enum-encoding=int</c>, its numbers.</summary>
internal sealed class EnumType
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>The value 0, which JSON leaves out.</summary>
    public string Default => Name(0)!;

    // "0=SCALING_MODE_UNSPECIFIED 1=AUTOMATIC 2=MANUAL"
    public static EnumType Parse(string text)
    {
        var type = new EnumType();
        foreach (var value in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = value.IndexOf('=', StringComparison.Ordinal);
            type.numbers.Add(value[(equals + 1)..], int.Parse(value[..equals], CultureInfo.InvariantCulture));
        }

        return type;
    }

    public int? Number(string name) => numbers.TryGetValue(name, out var number) ? number : null;

    public string? Name(int number) => numbers.FirstOrDefault(pair => pair.Value == number).Key;
}
