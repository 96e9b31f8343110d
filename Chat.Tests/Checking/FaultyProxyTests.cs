using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.Bench.Proxy;

namespace Chat.Tests.Checking;

/// <summary>That the proxy does what its troubles are called.</summary>
public sealed class FaultyProxyTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private FaultyProxy proxy = null!;
    private Socket client = null!;
    private Socket server = null!;

    public async Task InitializeAsync()
    {
        listener.Start();
        proxy = new FaultyProxy(new Uri($"http://{listener.LocalEndpoint}"), new Random(1));
        client = await Connect();
        server = await listener.AcceptSocketAsync().WaitAsync(Soon);
        await Say(client, "hello");
        (await Hear(server, 5)).Should().Be("hello");
    }

    public async Task DisposeAsync() => await proxy.DisposeAsync();

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        listener.Dispose();
    }

    [Fact]
    public async Task A_cut_tells_both_sides_in_order()
    {
        Inflict(TroubleKind.Cut);
        (await Read(client)).Should().Be(0);
        (await Read(server)).Should().Be(0);
    }

    [Fact]
    public async Task A_reset_tells_both_sides_rudely()
    {
        Inflict(TroubleKind.Reset);
        await Broken(client);
        await Broken(server);
    }

    [Fact]
    public async Task A_reset_in_a_frame_lets_a_part_of_it_through()
    {
        Inflict(TroubleKind.ResetInFrame);
        var frame = new string('x', 1_000);
        await Say(client, frame);
        // The client's frame resets both sides. The server may hear of it as it speaks, and then hears it once only.
        var told = await Record.ExceptionAsync(() => Say(server, frame));
        if (told is not null) told.Should().BeOfType<SocketException>();
        (await Rest(client) + (told is null ? await Rest(server) : 0)).Should().BeInRange(0, 1_999);
    }

    [Theory]
    [InlineData("Stall")]
    [InlineData("StallToServer")]
    [InlineData("StallToClient")]
    public async Task A_stall_holds_what_is_said_its_way_until_it_is_over(string kind)
    {
        Inflict(Enum.Parse<TroubleKind>(kind));
        await Say(client, "held?");
        await Say(server, "held?");
        (kind is "StallToClient" ? await Hear(server, 5) : kind is "StallToServer" ? await Hear(client, 5) : "held?").Should().Be("held?");
        (kind is not "StallToClient" && server.Available > 0).Should().BeFalse();
        (kind is not "StallToServer" && client.Available > 0).Should().BeFalse();

        await proxy.CalmAsync();
        if (kind is not "StallToClient") (await Hear(server, 5)).Should().Be("held?");
        if (kind is not "StallToServer") (await Hear(client, 5)).Should().Be("held?");
    }

    [Theory]
    [InlineData("Delay")]
    [InlineData("Trickle")]
    public async Task What_is_slow_comes_whole(string kind)
    {
        Inflict(Enum.Parse<TroubleKind>(kind));
        await Say(client, new string('x', 200));
        (await Hear(server, 200)).Should().Be(new string('x', 200));
    }

    [Fact]
    public async Task A_black_hole_takes_everything_and_answers_nothing_and_new_connections_too_while_it_lasts()
    {
        Inflict(TroubleKind.BlackHole);
        using var other = await Connect();
        await Say(other, "hello");
        await Say(client, "hello");
        await proxy.CalmAsync();
        using var third = await Connect();
        using var served = await listener.AcceptSocketAsync().WaitAsync(Soon);
        await Say(third, "third");
        (await Hear(served, 5)).Should().Be("third");

        client.Dispose();
        server.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead).Should().BeFalse("it is told nothing, not even the end");
        other.Poll(TimeSpan.Zero, SelectMode.SelectRead).Should().BeFalse("it is not answered");
    }

    [Fact]
    public async Task Where_the_server_is_gone_the_client_is_not_told()
    {
        Inflict(TroubleKind.ServerGone);
        await Broken(server);
        await Say(client, "hello?");
        client.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead).Should().BeFalse();
    }

    [Fact]
    public async Task Where_the_client_is_gone_the_server_is_not_told()
    {
        Inflict(TroubleKind.ClientGone);
        await Broken(client);
        await Say(server, "hello?");
        server.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead).Should().BeFalse();
    }

    [Fact]
    public async Task New_connections_are_refused_until_it_is_over_and_those_there_are_go_on()
    {
        Inflict(TroubleKind.Refuse);
        await FluentActions.Awaiting(Connect).Should().ThrowAsync<SocketException>();
        await Say(client, "still");
        (await Hear(server, 5)).Should().Be("still");
        await proxy.CalmAsync();
        (await Connect()).Dispose();
    }

    private void Inflict(TroubleKind kind) =>
        proxy.Inflict(new Trouble(TimeSpan.Zero, kind, Share: 1, Long, TimeSpan.FromMilliseconds(50))).Should().Be(kind is TroubleKind.Refuse ? 0 : 1);

    private async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(proxy.Address.Host, proxy.Address.Port).WaitAsync(Soon);
        return socket;
    }

    private static async Task Say(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> Hear(Socket socket, int length)
    {
        var heard = new byte[length];
        for (var at = 0; at < length;) at += await socket.ReceiveAsync(heard.AsMemory(at)).AsTask().WaitAsync(Soon) is var read and > 0 ? read : throw new EndOfStreamException();
        return Encoding.ASCII.GetString(heard);
    }

    private static Task<int> Read(Socket socket) => socket.ReceiveAsync(new byte[4_096]).WaitAsync(Soon);

    private static async Task Broken(Socket socket) =>
        (await FluentActions.Awaiting(() => Read(socket)).Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);

    /// <summary>How much comes before the rude end.</summary>
    private static async Task<int> Rest(Socket socket)
    {
        var all = 0;
        try
        {
            for (int read; (read = await Read(socket)) > 0;) all += read;
            throw new InvalidOperationException("It ended in order.");
        }
        catch (SocketException)
        {
            return all;
        }
    }
}
