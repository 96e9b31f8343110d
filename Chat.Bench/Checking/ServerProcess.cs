using Chat.Bench.Servers;

namespace Chat.Bench.Checking;

/// <summary>The real server as a process of its own, on a free port of the loopback address and a file in a folder.</summary>
internal sealed class ServerProcess : IStored, IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly string folder;
    private readonly string[] program;
    private readonly IReadOnlyDictionary<string, string> settings;
    private ChildProcess? process;

    /// <param name="folder">There.</param>
    /// <param name="settings">Environment, in addition to that of a development server on a file in the folder.</param>
    /// <param name="program">Another program than the server, beside this one, with its arguments.</param>
    public ServerProcess(string folder, IReadOnlyDictionary<string, string>? settings = null, params string[] program)
    {
        this.folder = folder;
        this.settings = settings ?? new Dictionary<string, string>();
        this.program = program is [] ? ["Chat.Hub.dll"] : program;
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
    }

    public Uri Address { get; }

    public int Id => process!.Id;

    public bool IsRunning => process is not null;

    public string StoreFile => Path.Combine(folder, "chat.db");

    public string LogFile => Path.Combine(folder, "server.log");

    public StoredHistory ReadStore() => Checking.StoreFile.Read(StoreFile);

    public IReadOnlyDictionary<Guid, long> ReadHeads() => Checking.StoreFile.Heads(StoreFile);

    /// <summary>Starts and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Chat__SignIn__GuestsAllowed"] = "true", ["Chat__Store__Path"] = StoreFile };
        foreach (var (key, value) in settings) environment[key] = value;
        process = ChildProcess.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, program[0]), .. program[1..], "--contentRoot", folder, "--urls", Address.ToString()],
            LogFile, environment);
        while (!await IsReadyAsync(cancellation))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}: see {LogFile}.");
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>Kills it as a power cut of the process would: SIGKILL, no goodbye.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        await process.DisposeAsync();
        process = null;
    }

    /// <summary>SIGTERM, as a deploy does it; waits for its end.</summary>
    /// <exception cref="TimeoutException">It goes on running.</exception>
    public async Task StopAsync(TimeSpan within)
    {
        process!.Signal("TERM");
        await process.EndAsync(within);
        await KillAsync();
    }

    /// <summary>SIGSTOP: it is there, and does nothing.</summary>
    public void Freeze() => process!.Signal("STOP");

    public void Thaw() => process!.Signal("CONT");

    /// <summary>What its clock says.</summary>
    public async Task<DateTimeOffset?> ClockAsync(CancellationToken cancellation)
    {
        using var response = await http.GetAsync(new Uri(Address, "/health/live"), cancellation);
        return response.Headers.Date;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        http.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(Address, "/health/ready"), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
