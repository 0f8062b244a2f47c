using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace OpsConsole.Testing.Network;

/// <summary>
/// The network between the console and something that it needs, on a loopback port: it passes bytes on to the real thing, until a test says that it
/// refuses, resets, falls silent, is slow, loses the end of an answer, or leads to another server.
/// </summary>
public sealed class BadLink : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Pair, byte> _pairs = new();
    private readonly Lock _lock = new();
    private Socket? _listener;
    private volatile LinkState _state = LinkState.Open;
    private int _connections;

    /// <summary>To a port of this machine.</summary>
    public BadLink(int target)
    {
        Target = target;
        Listen();
    }

    /// <summary>Port on which it listens; it stays the same.</summary>
    public int Port { get; private set; }

    /// <summary>Port to which new connections lead.</summary>
    public int Target { get; set; }

    /// <summary>How long every piece of an answer is held back.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Connections that were asked for so far, refused ones not counted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>
    /// Looks at each piece that comes from the server and says how many of its bytes go on; what is held back, and everything after it on that
    /// connection, is lost. Null lets all pass.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, int>? Passes { get; set; }

    /// <summary>What it does now.</summary>
    public LinkState State
    {
        get => _state;
        set
        {
            lock (_lock)
            {
                _state = value;
                if (value == LinkState.Refusing)
                {
                    _listener?.Dispose();
                    _listener = null;
                    Cut();
                }
                else if (_listener is null)
                {
                    Listen();
                }

                if (value == LinkState.Open)
                {
                    // What was silent does not come back to life: its bytes are lost.
                    foreach (var pair in _pairs.Keys.Where(static p => p.IsDead))
                    {
                        pair.Reset();
                    }
                }
            }
        }
    }

    /// <summary>Resets every open connection.</summary>
    public void Cut()
    {
        foreach (var pair in _pairs.Keys)
        {
            pair.Reset();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }

        Cut();
        _end.Dispose();
    }

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(512);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var client = await listener.AcceptAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It refuses, or is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var pair = new Pair(client);
        _pairs.TryAdd(pair, 0);
        try
        {
            client.NoDelay = true;
            if (_state == LinkState.Silent)
            {
                pair.IsDead = true;
                await Task.Delay(Timeout.Infinite, pair.End);
            }

            await pair.Server.ConnectAsync(IPAddress.Loopback, Target, pair.End);
            pair.Server.NoDelay = true;
            await Task.WhenAny(PumpAsync(pair, client, pair.Server, answers: false), PumpAsync(pair, pair.Server, client, answers: true));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
        finally
        {
            _pairs.TryRemove(pair, out _);
            pair.Reset();
        }
    }

    private async Task PumpAsync(Pair pair, Socket from, Socket to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer, pair.End);
            if (read == 0)
            {
                return;
            }

            if (answers && Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, pair.End);
            }

            var passes = pair.IsDead || _state == LinkState.Silent ? 0 : answers && Passes is { } look ? look(buffer.AsMemory(0, read)) : read;
            if (passes < read)
            {
                pair.IsDead = true;
            }

            if (passes > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, passes), pair.End);
            }
        }
    }

    [SuppressMessage("Design", "CA1001", Justification = "Reset ends it, from any thread; a source of cancellation without a timer holds nothing.")]
    private sealed class Pair(Socket client)
    {
        private readonly CancellationTokenSource _end = new();

        public Socket Server { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public CancellationToken End => _end.Token;

        public bool IsDead { get; set; }

        public void Reset()
        {
            _end.Cancel();
            foreach (var socket in (Socket[])[client, Server])
            {
                try
                {
                    // Zero: a reset in place of an orderly end.
                    socket.LingerState = new LingerOption(true, 0);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    // It is closed.
                }

                socket.Dispose();
            }
        }
    }
}
