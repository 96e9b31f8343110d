using System.Buffers.Binary;
using Chat.Hub.Delivery;

namespace Chat.Tests.Delivery;

public sealed class DirectLineTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private SocketPair sockets = null!;
    private DirectLine line = null!;

    public async Task InitializeAsync()
    {
        sockets = await SocketPair.Connect();
        line = new DirectLine(sockets.Server);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => sockets.Dispose();

    [Fact]
    public async Task Nothing_is_written_before_the_client_has_said_something_or_while_the_pipe_holds_something()
    {
        line.TryWrite(Frame(1, 10)).Should().BeFalse();
        line.Open();
        line.TryWrite(Frame(1, 10)).Should().BeTrue();

        line.Wrote(10);
        line.TryWrite(Frame(3, 10)).Should().BeFalse();
        await line.Write(Frame(2, 10), default);
        line.TryWrite(Frame(3, 10)).Should().BeTrue();
        (await Heard(3)).Should().Equal(1, 2, 3);

        line.Dispose();
        line.TryWrite(Frame(4, 10)).Should().BeFalse();
    }

    [Fact]
    public async Task What_a_full_socket_takes_in_part_is_finished_before_anything_follows()
    {
        const int large = 60_000;
        line.Open();
        var told = 0;
        while (line.TryWrite(Frame(told + 1, large))) told++;
        told.Should().BeGreaterThan(0).And.BeLessThan(10_000, "somebody who reads nothing fills it");

        // What comes then goes the pipe's way, and waits its turn.
        line.Wrote(large);
        var last = line.Write(Frame(told + 1, large), default).AsTask();
        line.TryWrite(Frame(0, 10)).Should().BeFalse();
        (await Heard(told + 1)).Should().Equal(Enumerable.Range(1, told + 1));
        await last.WaitAsync(Soon);
        line.TryWrite(Frame(told + 2, 10)).Should().BeTrue();
        (await Heard(1)).Should().Equal(told + 2);
    }

    [Fact]
    public async Task What_is_told_just_before_an_answer_goes_out_with_it_and_before_it()
    {
        line = new DirectLine(sockets.Server, new HeldFrames(TimeSpan.FromMinutes(10)));
        line.Open();
        line.BeginAnswer();
        line.TryWrite(Frame(1, 10)).Should().BeTrue();
        sockets.Client.Available.Should().Be(0);
        line.EndAnswer();
        line.TryWrite(Frame(2, 10).AsSpan()).Should().BeTrue();
        sockets.Client.Available.Should().Be(24, "one send brings both");
        (await Heard(2)).Should().Equal(1, 2);

        // Nothing is held when nobody is about to be answered, or when something is held already.
        line.TryWrite(Frame(3, 10)).Should().BeTrue();
        (await Heard(1)).Should().Equal(3);
        line.BeginAnswer();
        line.TryWrite(Frame(4, 10)).Should().BeTrue();
        line.TryWrite(Frame(5, 10)).Should().BeTrue();
        (await Heard(2)).Should().Equal(4, 5);
    }

    [Fact]
    public async Task What_is_held_for_an_answer_that_does_not_come_goes_out_by_itself()
    {
        line.Open();
        line.BeginAnswer();
        line.TryWrite(Frame(1, 10)).Should().BeTrue();
        (await Heard(1)).Should().Equal(1);
        line.TryWrite(Frame(2, 10)).Should().BeTrue();
        (await Heard(1)).Should().Equal(2);
    }

    [Fact]
    public async Task What_is_held_goes_before_what_the_pipe_brings()
    {
        line.Open();
        line.BeginAnswer();
        line.TryWrite(Frame(1, 10)).Should().BeTrue();
        line.Wrote(10);
        await line.Write(Frame(2, 10), default);
        (await Heard(2)).Should().Equal(1, 2);
    }

    [Fact]
    public async Task What_is_held_is_whole_where_a_full_socket_takes_it_in_part_or_not_at_all()
    {
        line = new DirectLine(sockets.Server, new HeldFrames(TimeSpan.FromMinutes(10)));
        line.Open();
        var told = 0;
        bool isTaken;
        do
        {
            line.BeginAnswer();
            isTaken = line.TryWrite(Frame(told + 1, 5_000));
            if (isTaken) told++;
            line.EndAnswer();
            if (isTaken && (isTaken = line.TryWrite(Frame(told + 1, 60_000).AsSpan()))) told++;
        }
        while (isTaken);

        // What comes then goes the pipe's way.
        line.Wrote(10);
        var last = line.Write(Frame(told + 1, 10), default).AsTask();
        (await Heard(told + 1)).Should().Equal(Enumerable.Range(1, told + 1));
        await last.WaitAsync(Soon);
    }

    // Of a number, and so many bytes of payload.
    private static byte[] Frame(int number, int payload)
    {
        var head = payload < 126 ? 2 : 4;
        var frame = new byte[head + payload];
        frame[0] = 0x82;
        frame[1] = (byte)(head is 2 ? payload : 126);
        if (head is 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload);
        frame.AsSpan(head).Fill((byte)number);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(head), number);
        return frame;
    }

    /// <summary>The numbers of so many frames, each whole.</summary>
    private async Task<List<int>> Heard(int frames)
    {
        var numbers = new List<int>();
        for (var i = 0; i < frames; i++)
        {
            var head = await sockets.Read(2);
            var length = head[1] is 126 ? BinaryPrimitives.ReadUInt16BigEndian(await sockets.Read(2)) : head[1];
            var payload = await sockets.Read(length);
            var number = BinaryPrimitives.ReadInt32BigEndian(payload);
            payload.AsSpan(4).IndexOfAnyExcept((byte)number).Should().Be(-1);
            numbers.Add(number);
        }
        return numbers;
    }
}
