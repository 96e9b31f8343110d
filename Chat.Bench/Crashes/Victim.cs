using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.Bench.Crashes;

/// <summary>A writer as a process of its own, as far as it said how far it is.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> kept = [];
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int sent;

    public Victim(Uri server, string token, int run, string? outbox)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Chat.Bench.dll"), Writer.Verb, $"{server}", token, $"{run}", .. outbox is null ? [] : new[] { "--outbox", outbox }];
        process = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true } };
        process.OutputDataReceived += Hear;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => first.TrySetException(new InvalidOperationException("The writer ended before it wrote anything."));
        process.Start();
        process.BeginOutputReadLine();
    }

    /// <summary>What it wrote, in order: each was kept before it said so.</summary>
    public IReadOnlyCollection<string> Kept => kept;

    /// <summary>How many were acknowledged to it, also of those of earlier runs.</summary>
    public int Sent => Volatile.Read(ref sent);

    /// <summary>Its first message is kept.</summary>
    public Task First => first.Task;

    /// <summary>Something was acknowledged to it.</summary>
    public Task Acknowledged => acknowledged.Task;

    public void Tell(string order)
    {
        process.StandardInput.WriteLine(order);
        process.StandardInput.Flush();
    }

    /// <summary>SIGKILL; what it had said by then is heard.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        _ = first.Task.Exception;
    }

    /// <summary>Waits until it ends by itself, for as long as one message after the other is acknowledged to it.</summary>
    /// <exception cref="TimeoutException">It goes on, and nothing was acknowledged for so long.</exception>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        var end = process.WaitForExitAsync();
        for (var before = -1; !end.IsCompleted && before != Sent;)
        {
            before = Sent;
            await Task.WhenAny(end, Task.Delay(patience));
        }
        return end.IsCompleted ? process.ExitCode : throw new TimeoutException();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data?.Split(' ', 2) is not [var word, var text]) return;
        if (word is Writer.Sent)
        {
            Interlocked.Increment(ref sent);
            acknowledged.TrySetResult();
        }
        if (word is not Writer.Kept) return;
        kept.Enqueue(text);
        first.TrySetResult();
    }
}
