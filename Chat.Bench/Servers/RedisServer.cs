using System.Net.Sockets;
using System.Text;

namespace Chat.Bench.Servers;

/// <summary>A real Redis on a free port of the loopback address, that can be killed, frozen and started again.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly string folder;
    private ChildProcess? process;

    public RedisServer(string folder)
    {
        this.folder = folder;
        Port = Ports.Free();
    }

    public int Port { get; }

    public int Id => process!.Id;

    /// <summary>For StackExchange.Redis.</summary>
    public string Connection => $"127.0.0.1:{Port}";

    /// <summary>Starts, or starts again on the same port, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        process = ChildProcess.Start(
            "redis-server",
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"],
            Path.Combine(folder, "redis.log"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await AnswersAsync(limit.Token))
        {
            if (process.HasExited) throw new InvalidOperationException($"Redis ended with {process.ExitCode}: see {folder}/redis.log.");
            await Task.Delay(20, limit.Token);
        }
    }

    public Task KillAsync() => process!.KillAsync();

    public void Freeze() => process!.Signal("STOP");

    public void Thaw() => process!.Signal("CONT");

    /// <summary>Forgets everything it holds.</summary>
    public Task FlushAsync(CancellationToken cancellation = default) => AskAsync("FLUSHALL\r\n", cancellation);

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            return (await AskAsync("PING\r\n", cancellation)).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> AskAsync(string command, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command), cancellation);
        var answer = new byte[256];
        return Encoding.ASCII.GetString(answer, 0, await stream.ReadAsync(answer, cancellation));
    }
}
