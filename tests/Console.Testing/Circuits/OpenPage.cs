using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpsConsole.Testing.Circuits;

/// <summary>
/// An open page of the console: a real Blazor circuit over a real WebSocket, without a browser. It holds the page, acknowledges each batch, answers
/// what the page asks of the browser's scripts, and acts: follows links, clicks, types. Two hundred of them fit beside the console on one machine.
/// </summary>
public sealed partial class OpenPage : IAsyncDisposable
{
    private readonly Visitor _visitor;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    // As in a browser, whose scripts do one thing at a time: a handler is looked up and its event sent before a batch that replaces the handler is acknowledged,
    // for the console forgets the replaced one with that.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly PageTree _tree = new();
    private HubConnection _hub;
    private Task _receiving = Task.CompletedTask;
    private Watch? _watch;
    private long _renderer = -1;
    private int _lastCall;
    private long _lastBatch;
    private string? _failure;

    private OpenPage(Visitor visitor, HubConnection hub, string path) => (_visitor, _hub, Path) = (visitor, hub, path);

    /// <summary>Secret of the circuit: by it a page comes back after its connection broke.</summary>
    public string Circuit { get; private set; } = "";

    /// <summary>Where it is: path and query.</summary>
    public string Path { get; private set; }

    /// <summary>Batches and bytes that came.</summary>
    public (int Batches, long Bytes) Received { get; private set; }

    /// <summary>Opens a page as a browser does: the page, its circuit, its root components; returns when it shows what is waited for.</summary>
    public static async Task<OpenPage> OpenAsync(Visitor visitor, string path, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var html = await visitor.GetAsync(path, cancellationToken);
        var markers = Marker().Matches(html).Select(static m => m.Groups["json"].Value).ToList();
        if (markers.Count == 0)
        {
            throw new InvalidOperationException($"{path} has no interactive component.");
        }

        var page = new OpenPage(visitor, await HubConnection.OpenAsync(visitor, cancellationToken), path);
        try
        {
            page.Listen();
            var state = State().Match(html).Groups["state"].Value;
            page.Circuit = await page.CallAsync("StartCircuit", cancellationToken, visitor.Console.ToString(), page.Absolute(path), "[]", state)
                ?? throw new CircuitDownException("The console opened no circuit.");
            var operations = string.Join(',', markers.Select(static (json, i) => string.Create(CultureInfo.InvariantCulture, $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{json}}}""")));
            await page.ActAsync(
                () => page.SendAsync("UpdateRootComponents", cancellationToken, $$"""{"batchId":1,"operations":[{{operations}}]}""", state), shows, atMost, cancellationToken);
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks at the page while nothing changes it.</summary>
    public T Read<T>(Func<PageNode, T> read)
    {
        lock (_lock)
        {
            return read(_tree.Root);
        }
    }

    /// <summary>Waits until the page shows something.</summary>
    public Task<Answer> WaitAsync(Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken) =>
        ActAsync(static () => Task.CompletedTask, shows, atMost, cancellationToken, already: true);

    /// <summary>Follows a link.</summary>
    public Task<Answer> GoAsync(string path, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Path = path;
        return ActAsync(() => SendAsync("OnLocationChanged", cancellationToken, Absolute(path), null, true), shows, atMost, cancellationToken);
    }

    /// <summary>Clicks.</summary>
    public Task<Answer> ClickAsync(Func<PageNode, PageNode?> what, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken) =>
        FireAsync(what, "click", null, """{"type":"click","detail":1,"button":0,"buttons":0}""", shows, atMost, cancellationToken);

    /// <summary>Types a text into a field: <c>input</c> or <c>change</c>, whichever the field listens to.</summary>
    public Task<Answer> TypeAsync(Func<PageNode, PageNode?> what, string text, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var name = Read(root => what(root)?.Handlers.ContainsKey("input") == true ? "input" : "change");
        return FireAsync(what, name, text, $$"""{"value":{{JsonValue.Create(text).ToJsonString()}}}""", shows, atMost, cancellationToken);
    }

    /// <summary>Presses a key in a field.</summary>
    public Task<Answer> PressAsync(Func<PageNode, PageNode?> what, string key, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken) =>
        FireAsync(what, "keydown", null, $$"""{"type":"keydown","key":"{{key}}","code":"{{key}}","location":0,"repeat":false}""", shows, atMost, cancellationToken);

    /// <summary>Sends a form.</summary>
    public Task<Answer> SubmitAsync(Func<PageNode, PageNode?> what, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken) =>
        FireAsync(what, "submit", null, """{"type":"submit"}""", shows, atMost, cancellationToken);

    /// <summary>The connection breaks, without a word.</summary>
    public async Task BreakAsync()
    {
        await _hub.DisposeAsync();
        await _receiving;
    }

    /// <summary>Comes back to the circuit after the connection broke; false when the console no longer has it.</summary>
    public async Task<bool> ComeBackAsync(CancellationToken cancellationToken)
    {
        _hub = await HubConnection.OpenAsync(_visitor, cancellationToken);
        _failure = null;
        Listen();
        return await CallAsync("ConnectCircuit", cancellationToken, Circuit) == "true";
    }

    /// <summary>Leaves the page as a browser does: the console may forget it at once.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await _visitor.LeaveAsync(Circuit, cancellationToken);
        await DisposeAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _hub.DisposeAsync();
        await _receiving;
    }

    private async Task<Answer> FireAsync(
        Func<PageNode, PageNode?> what, string name, string? field, string arguments, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken)
    {
        async Task DispatchAsync()
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                var (handler, component) = Read(root => what(root) is { } node && node.Handlers.TryGetValue(name, out var id)
                    ? (id, node.Component)
                    : throw new InvalidOperationException($"{Path} has nothing that listens to {name} there."));
                var info = field is null ? "null" : string.Create(CultureInfo.InvariantCulture, $$"""{"componentId":{{component}},"fieldValue":{{JsonValue.Create(field).ToJsonString()}}}""");
                await SendAsync(
                    "BeginInvokeDotNetFromJS", cancellationToken, NextCall(), null, "DispatchEventAsync", _renderer,
                    string.Create(CultureInfo.InvariantCulture, $$"""[{"eventHandlerId":{{handler}},"eventName":"{{name}}","eventFieldInfo":{{info}}},{{arguments}}]"""));
            }
            finally
            {
                _turn.Release();
            }
        }

        return await ActAsync(DispatchAsync, shows, atMost, cancellationToken);
    }

    private async Task<Answer> ActAsync(Func<Task> act, Func<PageNode, bool> shows, TimeSpan atMost, CancellationToken cancellationToken, bool already = false)
    {
        var watch = new Watch(shows);
        lock (_lock)
        {
            if (_failure is { } failure)
            {
                throw new CircuitDownException(failure);
            }

            if (already && shows(_tree.Root))
            {
                return default;
            }

            _watch = watch;
        }

        await act();
        try
        {
            return await watch.Done.Task.WaitAsync(atMost, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{Path} does not show what was asked for after {atMost.TotalSeconds} s. It shows: {Read(static root => root.Text)}", e);
        }
    }

    private string Absolute(string path) => new Uri(_visitor.Console, path).ToString();

    private string NextCall() => Interlocked.Increment(ref _lastCall).ToString(CultureInfo.InvariantCulture);

    private Task SendAsync(string target, CancellationToken cancellationToken, params object?[] arguments) =>
        _hub.SendAsync(PackWriter.Invoke(null, target, arguments), cancellationToken);

    private async Task<string?> CallAsync(string target, CancellationToken cancellationToken, params object?[] arguments)
    {
        var id = NextCall();
        var completion = _calls[id] = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _hub.SendAsync(PackWriter.Invoke(id, target, arguments), cancellationToken);
        return await completion.Task.WaitAsync(cancellationToken);
    }

    private void Listen() => _receiving = ReceiveAsync(_hub);

    private async Task ReceiveAsync(HubConnection hub)
    {
        await Task.Yield();
        var why = "The console closed the connection.";
        try
        {
            while (await hub.ReceiveAsync(_stop.Token) is { } message)
            {
                var at = Stopwatch.GetTimestamp();
                await _turn.WaitAsync(_stop.Token);
                try
                {
                    foreach (var answer in Take(message.Span, at))
                    {
                        await hub.SendAsync(answer, _stop.Token);
                    }
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            why = e.Message;
        }

        lock (_lock)
        {
            _failure ??= why;
            _watch?.Done.TrySetException(new CircuitDownException(_failure));
        }

        foreach (var call in _calls.Values)
        {
            call.TrySetException(new CircuitDownException(why));
        }
    }

    // Kinds of message: 1 invocation, 3 completion, 6 ping, 7 close. Returns what is sent back.
    private byte[][] Take(ReadOnlySpan<byte> message, long at)
    {
        var reader = new PackReader(message);
        reader.Array();
        switch (reader.Number())
        {
            case 1:
                reader.Skip();
                reader.Skip();
                return Invoked(reader.Text()!, ref reader, at);
            case 3:
                reader.Skip();
                Completed(ref reader);
                return [];
            case 6:
                return [PackWriter.Ping()];
            case 7:
                throw new CircuitDownException(reader.Text() ?? "The hub closed.");
            default:
                return [];
        }
    }

    private void Completed(ref PackReader reader)
    {
        var id = reader.Text()!;
        if (!_calls.TryRemove(id, out var call))
        {
            return;
        }

        switch (reader.Number())
        {
            case 1:
                call.TrySetException(new CircuitDownException(reader.Text() ?? "The hub refused."));
                break;
            case 2:
                call.TrySetResult(null);
                break;
            default:
                // A text from StartCircuit, a truth value from ConnectCircuit.
                var copy = reader;
                string? result;
                try
                {
                    result = reader.Text();
                }
                catch (FormatException)
                {
                    result = copy.Flag() ? "true" : "false";
                }

                call.TrySetResult(result);
                break;
        }
    }

    private byte[][] Invoked(string target, ref PackReader reader, long at)
    {
        reader.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var number = reader.Number();
                var bytes = reader.Bytes();
                lock (_lock)
                {
                    // After a new connection come those again whose acknowledgement may have been lost; each is applied once, in order.
                    if (_lastBatch > 0 && number != _lastBatch + 1)
                    {
                        return number <= _lastBatch ? [PackWriter.Invoke(null, "OnRenderCompleted", number, null)] : [];
                    }

                    _lastBatch = number;
                    _tree.Apply(bytes);
                    Received = (Received.Batches + 1, Received.Bytes + bytes.Length);
                    if (_watch?.Look(_tree.Root, at) == true)
                    {
                        _watch = null;
                    }
                }

                return [PackWriter.Invoke(null, "OnRenderCompleted", number, null)];
            case "JS.AttachComponent":
                lock (_lock)
                {
                    _tree.Attach((int)reader.Number());
                }

                return [];
            case "JS.BeginInvokeJS":
                return Script(reader.Number(), reader.Text()!, reader.Text());
            case "JS.EndInvokeDotNet":
                reader.Skip();
                return reader.Flag() ? [] : throw new CircuitDownException($"An event failed: {reader.Text()}");
            case "JS.Error":
                throw new CircuitDownException($"The page failed: {reader.Text()}");
            default:
                return [];
        }
    }

    // What scripts of the page would answer.
    private byte[][] Script(long call, string name, string? arguments)
    {
        byte[][] answers = [];
        var result = "null";
        switch (name)
        {
            case "Blazor._internal.attachWebRendererInterop":
                _renderer = JsonNode.Parse(arguments!)![1]!["__dotNetObject"]!.GetValue<long>();
                break;
            case "Blazor._internal.navigationManager.navigateTo":
                // The address changes, and the browser tells so.
                Path = JsonNode.Parse(arguments!)![0]!.GetValue<string>() is var to && Uri.TryCreate(to, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal) ? absolute.PathAndQuery : to;
                answers = [PackWriter.Invoke(null, "OnLocationChanged", Absolute(Path), null, false)];
                break;
            case "opsConsole.zone":
                result = "\"utc Europe/Vienna\"";
                break;
            case "opsTheme.get":
                result = "\"system\"";
                break;
            default:
                break;
        }

        return call == 0 ? answers : [PackWriter.Invoke(null, "EndInvokeJSFromDotNet", call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,{result}]")), .. answers];
    }

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*?)-->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex State();

    // One act and what it waits for.
    private sealed class Watch(Func<PageNode, bool> shows)
    {
        private readonly long _sent = Stopwatch.GetTimestamp();
        private TimeSpan? _first;

        public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Look(PageNode root, long at)
        {
            _first ??= Stopwatch.GetElapsedTime(_sent, at);
            return shows(root) && Done.TrySetResult(new Answer(_first.Value, Stopwatch.GetElapsedTime(_sent, at)));
        }
    }
}
