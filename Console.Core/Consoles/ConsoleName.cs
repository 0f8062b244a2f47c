using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace OpsConsole.Core.Consoles;

/// <summary>Names of consoles: eight hexadecimal digits, which a database can hold as a lock.</summary>
internal static class ConsoleName
{
    /// <summary>A new one.</summary>
    public static string New() => Of(BitConverter.ToInt32(RandomNumberGenerator.GetBytes(sizeof(int))));

    /// <summary>The name of a number.</summary>
    public static string Of(int number) => number.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>The number of a name; false for a name of another form.</summary>
    public static bool TryRead([NotNullWhen(true)] string? name, out int number) =>
        int.TryParse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number) && name!.Length == 8;
}
