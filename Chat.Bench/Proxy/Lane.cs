using System.Net.Sockets;

namespace Chat.Bench.Proxy;

/// <summary>One direction of a connection.</summary>
internal sealed class Lane(Socket from, Socket to, Random random, CancellationToken gone)
{
    private Weather weather = Weather.Calm;
    private long lastAt = Environment.TickCount64;

    /// <summary>How long nothing came, in milliseconds.</summary>
    public long SilentMs => Environment.TickCount64 - Volatile.Read(ref lastAt);

    public void Set(Weather next) => Volatile.Write(ref weather, next);

    /// <summary>Calm again, unless another weather has come since.</summary>
    public void Clear(Weather past) => Interlocked.CompareExchange(ref weather, Weather.Calm, past);

    /// <summary>Passes on what comes, until it ends.</summary>
    /// <returns>Whether it ended in the middle, so that both sides are to be told rudely.</returns>
    public async Task<bool> RunAsync()
    {
        var buffer = new byte[16 * 1024];
        for (int read; (read = await from.ReceiveAsync(buffer, gone)) > 0;)
        {
            Volatile.Write(ref lastAt, Environment.TickCount64);
            if (await PassAsync(buffer.AsMemory(0, read))) return true;
        }
        return false;
    }

    private async Task<bool> PassAsync(ReadOnlyMemory<byte> bytes)
    {
        while (Volatile.Read(ref weather).Held is { IsCompleted: false } held) await held.WaitAsync(gone);
        for (var left = bytes; left.Length > 0;)
        {
            var now = Volatile.Read(ref weather);
            if (now.Swallows) return false;
            if (now.Latency > TimeSpan.Zero) await Task.Delay(now.Latency * (1 + random.NextDouble()), gone);
            var piece = now.Breaks ? random.Next(left.Length) : Math.Min(left.Length, now.Piece ?? left.Length);
            await to.SendAsync(left[..piece], gone);
            if (now.Breaks) return true;
            left = left[piece..];
        }
        return false;
    }
}
