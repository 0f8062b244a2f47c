using System.Globalization;

namespace OpsConsole.Benchmarks;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Arguments(string[] args)
{
    public string? Text(string name)
    {
        var at = Array.IndexOf(args, $"--{name}");
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    public long Number(string name, long otherwise) =>
        Text(name) is { } text ? long.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : otherwise;

    public string Needed(string name) => Text(name) ?? throw new InvalidOperationException($"--{name} is missing.");
}
