using System.Buffers;
using System.Text;
using Chat.Bench.Load.Clients;
using MessagePack;

namespace Chat.Bench.Load.Targets;

/// <summary>What clients of SignalR say.</summary>
internal static class SignalRCalls
{
    /// <summary>In the answer to a call, in both protocols.</summary>
    public static readonly byte[] Id = "call-7"u8.ToArray();

    /// <summary>The first words, and their answer.</summary>
    public static Step Greeting(Dialect dialect) => new(
        Encoding.UTF8.GetBytes($$"""{"protocol":"{{dialect.Name}}","version":1}""" + (char)Dialect.End), "{}"u8.ToArray());

    /// <summary>A call with one argument.</summary>
    public static byte[] Call(Dialect dialect, string method, string arguments) => dialect.HasRecords
        ? Encoding.UTF8.GetBytes($$"""{"type":1,"invocationId":"{{Encoding.ASCII.GetString(Id)}}","target":"{{method}}","arguments":[{{arguments}}]}""" + (char)Dialect.End)
        : Packed(method, arguments);

    private static byte[] Packed(string method, string arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(1);
        writer.WriteMapHeader(0);
        writer.Write(Encoding.ASCII.GetString(Id));
        writer.Write(method);
        writer.WriteRaw(MessagePackSerializer.ConvertFromJson($"[{arguments}]"));
        writer.WriteArrayHeader(0);
        writer.Flush();
        // Its length before it, in seven bits a byte; what is said here is shorter than 16 KB.
        var body = buffer.WrittenSpan;
        return body.Length < 128 ? [(byte)body.Length, .. body] : [(byte)(body.Length & 0x7f | 0x80), (byte)(body.Length >> 7), .. body];
    }
}
