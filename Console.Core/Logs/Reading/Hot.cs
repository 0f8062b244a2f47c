using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Methods that run once or more for each entry. A run over a file lasts a second or less: with tiers, half of it is spent in
/// slow first versions and in those that count for the next ones. These are compiled once, and well, when they are first called.
/// </summary>
internal static class Hot
{
    /// <summary>For <see cref="MethodImplAttribute"/>.</summary>
    internal const MethodImplOptions Code = MethodImplOptions.AggressiveOptimization;
}
