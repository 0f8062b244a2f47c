using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using OpsConsole.Testing.Circuits;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>The managed heap of a running console after a full collection.</summary>
internal static partial class Heap
{
    private const ulong CollectKeyword = 0x800000;
    private const byte EventPipe = 2;
    private const byte CollectTracing2 = 3;

    /// <summary>Asks the console for a full collection, and reads what is left from its own page of diagnostics.</summary>
    public static async Task<long> CollectedAsync(ConsoleProcess console)
    {
        using var admin = await Visitor.SignInAsync(console.Address, "admin", CancellationToken.None);
        var page = await OpenPage.OpenAsync(admin, "/admin/diagnostics", static root => Memory(root) is not null, TimeSpan.FromSeconds(30), CancellationToken.None);
        await using (page.ConfigureAwait(false))
        {
            // Twice: what has a finalizer goes with the second.
            for (var i = 0; i < 2; i++)
            {
                await CollectAsync(console.Id);
            }

            await page.ClickAsync(
                static root => root.Find("button", static b => b.Text.Trim() == "Refresh"), static _ => true, TimeSpan.FromSeconds(30), CancellationToken.None);
            await page.WaitAsync(static root => root.Find("button", static b => b["aria-disabled"] == "true") is null, TimeSpan.FromSeconds(30), CancellationToken.None);
            var megabytes = page.Read(Memory)!;
            await page.LeaveAsync(CancellationToken.None);
            return (long)(1e6 * double.Parse(megabytes, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        }
    }

    private static string? Memory(PageNode root) => HeapWords().Match(root.Text) is { Success: true } match ? match.Groups["mb"].Value : null;

    // The runtime's diagnostic socket: a trace session with the keyword GCHeapCollect begins with a full collection.
    // https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md
    private static async Task CollectAsync(int process)
    {
        // A process that was killed leaves its socket behind, and its number is given to another.
        var path = Directory.GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{process}-*-socket")).MaxBy(File.GetCreationTimeUtc)
            ?? throw new InvalidOperationException("The console has no diagnostic socket.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(StartTracing());

        // The session's answer, and the first bytes of the trace: the collection has begun. It stops as the connection closes.
        var answer = new byte[4096];
        for (var read = 0; read < 64;)
        {
            var got = await socket.ReceiveAsync(answer);
            read += got > 0 ? got : throw new IOException("The runtime refuses to trace.");
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    private static byte[] StartTracing()
    {
        var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(10u); // MB of buffer
        writer.Write(1u); // nettrace
        writer.Write(false); // no rundown
        writer.Write(1u); // one provider
        writer.Write(CollectKeyword);
        writer.Write(4u); // informational
        WriteText(writer, "Microsoft-Windows-DotNETRuntime");
        WriteText(writer, "");
        var body = payload.ToArray();
        var message = new byte[20 + body.Length];
        Encoding.ASCII.GetBytes("DOTNET_IPC_V1", message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        (message[16], message[17]) = (EventPipe, CollectTracing2);
        body.CopyTo(message, 20);
        return message;
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length == 0 ? 0u : (uint)text.Length + 1);
        if (text.Length > 0)
        {
            writer.Write(Encoding.Unicode.GetBytes($"{text}\0"));
        }
    }

    [GeneratedRegex("heap (?<mb>[0-9.,]+) MB", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeapWords();
}
