using System.Text;

namespace Chat.Bench.Load.Clients;

/// <summary>How a server's frames look, as far as a load generator must know.</summary>
/// <param name="Name">Of the protocol, as clients name it.</param>
/// <param name="IsText">Whether its WebSocket frames are text.</param>
/// <param name="HasRecords">Whether what it says comes as records that end with <see cref="End"/>, or, where <paramref name="EndsWithFrame"/>, with the frame.</param>
/// <param name="EndsWithFrame">Whether each WebSocket frame is one record.</param>
/// <param name="KeepAlive">What a client says every 10 s; empty where the server asks.</param>
internal sealed record Dialect(string Name, bool IsText, bool HasRecords, bool EndsWithFrame, byte[] KeepAlive)
{
    /// <summary>SignalR's record separator.</summary>
    public const byte End = 0x1e;

    public static readonly Dialect Json = new("json", IsText: true, HasRecords: true, EndsWithFrame: false, "{\"type\":6}\u001e"u8.ToArray());

    public static readonly Dialect MessagePack = new("messagepack", IsText: false, HasRecords: false, EndsWithFrame: false, [2, 0x91, 6]);

    public static readonly Dialect SocketIo = new("socket.io", IsText: true, HasRecords: true, EndsWithFrame: true, []);

    /// <summary>The record answers a call.</summary>
    public bool IsAnswer(ReadOnlySpan<byte> record) => EndsWithFrame ? record.StartsWith("43"u8) : record.StartsWith("{\"type\":3,"u8);

    /// <summary>An answer that says no, in SignalR's way or in Chat's.</summary>
    public static bool IsRefusal(ReadOnlySpan<byte> answer) => answer.IndexOf("\"error\":\""u8) >= 0 || answer.IndexOf("\"error\":{"u8) >= 0;

    /// <summary>The server says that it closes the connection.</summary>
    public bool IsClosing(ReadOnlySpan<byte> record) => !EndsWithFrame && record.StartsWith("{\"type\":7"u8);

    /// <summary>The server asks whether the client is there.</summary>
    public bool IsPing(ReadOnlySpan<byte> record) => EndsWithFrame && record.SequenceEqual("2"u8);

    /// <summary>A client's WebSocket frame. Masked with zeros, which is as good as any mask and leaves the text as it is.</summary>
    public byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var opcode = (byte)(0x80 | (IsText ? 1 : 2));
        return payload.Length < 126
            ? [opcode, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
            : [opcode, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
    }

    public byte[] Frame(string payload) => Frame(Encoding.UTF8.GetBytes(payload));
}
