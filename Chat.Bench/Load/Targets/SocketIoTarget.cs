using System.Net;
using System.Text;
using Chat.Bench.Costs;
using Chat.Bench.Load.Clients;
using Chat.Bench.Servers;

namespace Chat.Bench.Load.Targets;

/// <summary>Socket.IO on Node, WebSockets only, doing nothing but telling a room.</summary>
internal sealed class SocketIoTarget(string folder, bool isPinned) : Target("Socket.IO")
{
    private const string Script = "Chat.Bench/Load/SocketIo/server.mjs";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IPEndPoint address = new(IPAddress.Loopback, Ports.Free());
    private ChildProcess? process;
    private IReadOnlyList<IReadOnlyList<int>> rooms = [];

    public override IReadOnlyList<IPEndPoint> Nodes => [address];

    public override IReadOnlyList<int> Processes => [process!.Id];

    /// <summary>Whether it can be run here; installs its packages the first time.</summary>
    public static async Task<bool> IsThereAsync(TextWriter output, CancellationToken cancellation)
    {
        var place = Path.GetDirectoryName(Sources.File(Script))!;
        try
        {
            if (Directory.Exists(Path.Combine(place, "node_modules"))) return true;
            var log = Path.Combine(Path.GetTempPath(), $"chat-npm-{Guid.NewGuid():N}.log");
            await using var npm = ChildProcess.Start("npm", ["ci", "--prefix", place], log);
            await npm.EndAsync(TimeSpan.FromMinutes(2)).WaitAsync(cancellation);
            if (npm.ExitCode is 0)
            {
                File.Delete(log);
                return true;
            }
            await output.WriteLineAsync($"Socket.IO is left out: its packages cannot be installed, see {log}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await output.WriteLineAsync("Socket.IO is left out: there is no npm here.");
        }
        return false;
    }

    public override async Task StartAsync(int nodes, CancellationToken cancellation)
    {
        Func<Task> start = () =>
        {
            process = ChildProcess.Start("node", [Sources.File(Script), $"{address.Port}"], Path.Combine(folder, "socket-io.log"));
            return Task.CompletedTask;
        };
        await (isPinned ? Cores.StartAsync(start) : start());
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        while (!await AnswersAsync(http, limit.Token)) await Task.Delay(20, limit.Token);
    }

    public override Task GatherAsync(IReadOnlyList<IReadOnlyList<int>> roomsOf, CancellationToken cancellation)
    {
        rooms = roomsOf;
        return Task.CompletedTask;
    }

    public override Seat SeatOf(int person, int node, bool isMessagePack)
    {
        var names = string.Join(',', rooms[person].Select(room => $"\"room-{room}\""));
        return new Seat(address, "/socket.io/?EIO=4&transport=websocket", Dialect.SocketIo,
        [
            new([], "0{"u8.ToArray()),
            new("40"u8.ToArray(), "40{"u8.ToArray()),
            .. rooms[person].Count is 0 ? [] : (Step[])[new(Encoding.UTF8.GetBytes($"421[\"join\",[{names}]]"), "431["u8.ToArray())],
        ]);
    }

    public override string CallTo(int room) => $"422[\"send\",\"room-{room}\",\"{Numbered.Text}\"]";

    public override async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellation)
    {
        if (process!.HasExited) throw new InvalidOperationException($"Socket.IO ended with {process.ExitCode}: see {folder}/socket-io.log.");
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
