namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>A value, or why there is none.</summary>
internal readonly struct ApiResult<T>
    where T : class
{
    private ApiResult(T? value, ApiError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public ApiError? Error { get; }

    public static implicit operator ApiResult<T>(T value) => new(value, null);

    public static implicit operator ApiResult<T>(ApiError error) => new(null, error);
}
