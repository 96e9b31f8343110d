using System.Diagnostics;
using System.Text.Json;
using Chat.Bench.Servers;
using Chat.Contracts.Wire;

namespace Chat.Bench.Chaos.Clients;

/// <summary>Clients of Chat.Web/client in one Node process, which is asked in lines of JSON.</summary>
internal sealed class JavaScriptClients : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim asking = new(1);
    private readonly Process process;
    private int asked;

    /// <param name="server">Where they go.</param>
    /// <param name="certificateFile">The certificate they trust; null for none beside the usual.</param>
    /// <param name="names">One client each.</param>
    /// <param name="rooms">Those they join some of.</param>
    /// <param name="wanderings">Those they leave and join again.</param>
    /// <param name="pace">How long they wait between two messages.</param>
    /// <param name="hurry">When they give up a connection, and how short their waits are; null for as they are.</param>
    public JavaScriptClients(
        Uri server, string? certificateFile, IEnumerable<string> names, IReadOnlyList<Guid> rooms, IReadOnlyList<Guid> wanderings, Pace pace, Hurry? hurry = null)
    {
        var config = JsonSerializer.Serialize(new
        {
            server = server.AbsoluteUri,
            rooms,
            wanderings,
            pauseMs = new[] { pace.ShortestMs, pace.LongestMs },
            serverTimeoutMs = hurry?.ServerTimeout.TotalMilliseconds,
            waits = hurry?.Waits,
            clients = names.Select((name, i) => new { name, protocol = i % 2 is 0 ? "json" : "messagepack" }),
        });
        var start = new ProcessStartInfo("node", [Sources.File("Chat.Web/client/test/chaos.mjs"), config])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (certificateFile is not null) start.Environment["NODE_EXTRA_CA_CERTS"] = certificateFile;
        process = Process.Start(start)!;
    }

    public Task StartAsync(CancellationToken cancellation) => AskAsync<object>(new { ask = "start" }, cancellation);

    public Task ResumeAsync(CancellationToken cancellation) => AskAsync<object>(new { ask = "resume" }, cancellation);

    public Task PauseAsync(CancellationToken cancellation) => AskAsync<object>(new { ask = "pause" }, cancellation);

    public Task PadAsync(int padding, CancellationToken cancellation) => AskAsync<object>(new { ask = "pad", padding }, cancellation);

    public Task TrimAsync(CancellationToken cancellation) => AskAsync<object>(new { ask = "trim" }, cancellation);

    public Task<ClientStatus[]> StatusAsync(CancellationToken cancellation) => AskAsync<ClientStatus[]>(new { ask = "status" }, cancellation)!;

    public Task<ClientReport[]> ReportAsync(CancellationToken cancellation) => AskAsync<ClientReport[]>(new { ask = "report" }, cancellation)!;

    public Task<ClientNews[]> TakeNewsAsync(CancellationToken cancellation) => AskAsync<ClientNews[]>(new { ask = "news" }, cancellation)!;

    public async ValueTask DisposeAsync()
    {
        // It ends with its input; one that ended before cannot be told.
        if (!process.HasExited) process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        asking.Dispose();
    }

    private async Task<T?> AskAsync<T>(object command, CancellationToken cancellation)
    {
        await asking.WaitAsync(cancellation);
        try
        {
            var line = JsonSerializer.SerializeToNode(command)!.AsObject();
            line["id"] = ++asked;
            await process.StandardInput.WriteLineAsync(line.ToJsonString().AsMemory(), cancellation);
            await process.StandardInput.FlushAsync(cancellation);
            var answer = await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(AnswerWithin, cancellation)
                ?? throw new InvalidOperationException($"Node ended with {process.ExitCode}.");
            return JsonSerializer.Deserialize<Answer<T>>(answer, ChatJson.Options) is { } read && read.Id == asked
                ? read.Value
                : throw new InvalidOperationException($"Node answered another question: {answer[..Math.Min(200, answer.Length)]}");
        }
        finally
        {
            asking.Release();
        }
    }

    private sealed record Answer<T>(int Id, T? Value);
}

/// <summary>How soon clients do what they otherwise do later.</summary>
/// <param name="ServerTimeout">After so much silence a connection counts as lost.</param>
/// <param name="Waits">Which part of their usual waits they wait between two tries.</param>
internal sealed record Hurry(TimeSpan ServerTimeout, double Waits);
