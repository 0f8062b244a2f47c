using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Operations;

/// <summary>Runs operations on the clock and remembers them.</summary>
internal sealed class OperationStore(TimeProvider time, Store resources) : IDisposable
{
    private readonly Dictionary<string, Operation> operations = new(StringComparer.Ordinal);

    private readonly Dictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    private readonly List<ITimer> timers = [];

    private bool disposed;

    /// <summary>Starts an operation. <paramref name="end"/> runs when it ends, and gives the resource or why it failed.</summary>
    public Operation Start(string name, string message, JsonObject metadata, TimeSpan? duration, Func<ApiResult<JsonObject>> end)
    {
        var operation = new Operation(name, message, time.GetUtcNow()) { Metadata = metadata };
        lock (resources.Gate)
        {
            operations.Add(name, operation);
            waiting.Add(name, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (duration == TimeSpan.Zero)
            {
                End(name, end);
                return operations[name];
            }

            if (duration is { } due)
            {
                timers.Add(time.CreateTimer(_ => End(name, end), null, due, Timeout.InfiniteTimeSpan));
            }
        }

        return operation;
    }

    /// <summary>The operation, or null.</summary>
    public Operation? Find(string name)
    {
        lock (resources.Gate)
        {
            if (!operations.TryGetValue(name, out var operation))
            {
                return null;
            }

            // A running operation shows its resource as it is now.
            return operation.Done || resources.Find(operation.Metadata.Text("name")) is not { } current
                ? operation
                : operation with { Metadata = current };
        }
    }

    /// <summary>The operation at its end, or as it is after the timeout.</summary>
    public async Task<Operation?> WaitAsync(string name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task ended;
        lock (resources.Gate)
        {
            if (!waiting.TryGetValue(name, out var source))
            {
                return null;
            }

            ended = source.Task;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = await Task.WhenAny(ended, Task.Delay(timeout, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return Find(name);
    }

    /// <summary>Those of a location, newest first.</summary>
    public IReadOnlyList<Operation> List(string location)
    {
        lock (resources.Gate)
        {
            return
            [
                .. operations.Values
                    .Where(o => o.Name.StartsWith(location + "/", StringComparison.Ordinal))
                    .OrderByDescending(static o => o.Created)
                    .ThenBy(static o => o.Name, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Forgets an operation; it goes on.</summary>
    public bool Remove(string name)
    {
        lock (resources.Gate)
        {
            return operations.Remove(name);
        }
    }

    public void Dispose()
    {
        lock (resources.Gate)
        {
            disposed = true;
            timers.ForEach(static timer => timer.Dispose());
        }
    }

    private void End(string name, Func<ApiResult<JsonObject>> end)
    {
        lock (resources.Gate)
        {
            if (disposed)
            {
                return;
            }

            var result = end();
            if (operations.TryGetValue(name, out var operation))
            {
                var last = result.Value ?? resources.Find(operation.Metadata.Text("name")) ?? operation.Metadata;
                operations[name] = operation with { Done = true, Error = result.Error, Metadata = last };
            }

            waiting[name].TrySetResult();
        }
    }
}
