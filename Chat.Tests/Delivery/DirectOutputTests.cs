using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Chat.Hub.Delivery;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Tests.Delivery;

public sealed class DirectOutputTests : IAsyncLifetime, IDisposable
{
    private readonly Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private SocketPair sockets = null!;
    private DirectLine line = null!;
    private DirectOutput output = null!;

    public async Task InitializeAsync()
    {
        sockets = await SocketPair.Connect();
        line = new DirectLine(sockets.Server);
        output = new DirectOutput(pipe.Writer, line, format: null);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => sockets.Dispose();

    [Fact]
    public async Task What_is_said_in_pieces_is_one_frame_in_the_socket_and_nothing_in_the_pipe()
    {
        line.Open();
        // Pieces that its first buffer cannot hold.
        foreach (var piece in (string[])["one ", new string('x', 3_000), new string('y', 9_000), " end"]) output.Write(Encoding.UTF8.GetBytes(piece));
        output.UnflushedBytes.Should().Be(12_008);
        await output.FlushAsync();
        (await Heard()).Should().Be("one " + new string('x', 3_000) + new string('y', 9_000) + " end");
        await output.WriteAsync("short"u8.ToArray());
        (await Heard()).Should().Be("short");
        Piped().Should().BeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_written_at_once_is_in_the_pipe_whole_and_in_order()
    {
        // Not open yet.
        await output.WriteAsync("first"u8.ToArray());
        Piped().Should().Be("first");

        line.Open();
        var large = new string('z', 40_000);
        output.Write(Encoding.UTF8.GetBytes("begin "));
        output.Write(Encoding.UTF8.GetBytes(large));
        output.Write(Encoding.UTF8.GetBytes(large));
        output.Write(" end"u8);
        await output.FlushAsync();
        Piped().Should().Be("begin " + large + large + " end");

        // The next is short again.
        await output.WriteAsync("last"u8.ToArray());
        (await Heard()).Should().Be("last");
        Piped().Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_full_socket_does_not_take_is_in_the_pipe_and_binary_is_told_from_text()
    {
        line.Open();
        output = new DirectOutput(pipe.Writer, line, new Binary());
        await output.WriteAsync(new byte[] { 1, 2, 3 });
        (await sockets.Read(5)).Should().Equal(0x82, 3, 1, 2, 3);

        while (line.TryWrite(new byte[60_000]))
        {
        }
        output.Write("gathered"u8);
        await output.FlushAsync();
        await output.WriteAsync(" and written"u8.ToArray());
        Piped().Should().Be("gathered and written");
    }

    private string Piped()
    {
        if (!pipe.Reader.TryRead(out var read)) return "";
        var text = Encoding.UTF8.GetString(read.Buffer.ToArray());
        pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    /// <summary>The text of one frame.</summary>
    private async Task<string> Heard()
    {
        var head = await sockets.Read(2);
        head[0].Should().Be(0x81);
        var length = head[1] is 126 ? (await sockets.Read(2)) is [var high, var low] ? (high << 8) + low : 0 : head[1];
        return Encoding.UTF8.GetString(await sockets.Read(length));
    }

    private sealed class Binary : ITransferFormatFeature
    {
        public TransferFormat SupportedFormats => TransferFormat.Binary;

        public TransferFormat ActiveFormat { get; set; } = TransferFormat.Binary;
    }
}
