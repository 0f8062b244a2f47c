using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>google.logging.type.LogSeverity by name, in steps of one: DEFAULT 0 … EMERGENCY 8.</summary>
internal static class Severities
{
    /// <summary>The step; unknown words are DEFAULT.</summary>
    [MethodImpl(Hot.Code)]
    internal static byte Parse(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            4 when name.SequenceEqual("INFO"u8) => 2,
            5 when name.SequenceEqual("ERROR"u8) => 5,
            5 when name.SequenceEqual("DEBUG"u8) => 1,
            5 when name.SequenceEqual("ALERT"u8) => 7,
            6 when name.SequenceEqual("NOTICE"u8) => 3,
            7 when name.SequenceEqual("WARNING"u8) => 4,
            8 when name.SequenceEqual("CRITICAL"u8) => 6,
            9 when name.SequenceEqual("EMERGENCY"u8) => 8,
            _ => 0,
        };
}
