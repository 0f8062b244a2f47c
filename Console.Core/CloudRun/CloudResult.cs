using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.CloudRun;

/// <summary>A value, or the expected failure that stands in its place.</summary>
public sealed class CloudResult<T>
    where T : class
{
    private CloudResult(T? value, CloudRunError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; null when <see cref="Error"/> is set.</summary>
    public T? Value { get; }

    /// <summary>The failure; null when <see cref="Value"/> is set.</summary>
    public CloudRunError? Error { get; }

    /// <summary>True with a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Value is not null;

    /// <summary>A value; for interface types, to which C# applies no implicit conversion.</summary>
    public static CloudResult<T> Ok(T value) => new(value, null);

    public static implicit operator CloudResult<T>(T value) => new(value, null);

    public static implicit operator CloudResult<T>(CloudRunError error) => new(null, error);
}
