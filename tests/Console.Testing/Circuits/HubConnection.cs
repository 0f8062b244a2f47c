using System.Net.WebSockets;
using System.Text;

namespace OpsConsole.Testing.Circuits;

/// <summary>A WebSocket that speaks to a hub in <c>blazorpack</c>: frames of MessagePack, each with its length before it.</summary>
internal sealed class HubConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[] _buffer = new byte[32 * 1024];
    private int _from;
    private int _filled;

    private HubConnection(ClientWebSocket socket) => _socket = socket;

    /// <summary>Connects and agrees on the protocol.</summary>
    public static async Task<HubConnection> OpenAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = visitor.Cookies;
        if (visitor.Assertion.Length > 0)
        {
            socket.Options.SetRequestHeader(Visitor.AssertionHeader, visitor.Assertion);
        }

        socket.Options.SetRequestHeader("Origin", visitor.Console.GetLeftPart(UriPartial.Authority));

        // As browsers do: it costs the console memory and processor time for each connection.
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();

        // The hub's own pings keep the connection.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var connection = new HubConnection(socket);
        try
        {
            await socket.ConnectAsync(new UriBuilder(visitor.Console) { Scheme = "ws", Path = "/_blazor" }.Uri, cancellationToken);
            await connection.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), cancellationToken);
            await connection.HandshakeAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends one frame.</summary>
    public async Task SendAsync(byte[] frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next message; null when the other side closed. It is valid until the next call.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var message))
            {
                return message;
            }

            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    // "{}" and a record separator; or an error.
    private async Task HandshakeAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf((byte)0x1e)) < 0)
        {
            if (!await FillAsync(cancellationToken))
            {
                throw new IOException("The hub closed the connection instead of answering the handshake.");
            }
        }

        var answer = Encoding.UTF8.GetString(_buffer, 0, end);
        _from = end + 1;
        if (answer != "{}")
        {
            throw new IOException($"The hub refuses: {answer}");
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> message)
    {
        var (length, shift, at) = (0, 0, _from);
        while (at < _filled)
        {
            var next = _buffer[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
            if (next <= 0x7f)
            {
                if (_filled - at < length)
                {
                    break;
                }

                message = _buffer.AsMemory(at, length);
                _from = at + length;
                return true;
            }
        }

        message = default;
        return false;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _filled - _from).CopyTo(_buffer);
            _filled -= _from;
            _from = 0;
        }

        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
        _filled += received.Count;
        return received.MessageType != WebSocketMessageType.Close;
    }
}
