using System.Diagnostics;
using Chat.Bench.Servers;

namespace Chat.Bench.Checking;

/// <summary>The real server as a process of its own, on a free port of the loopback address and a file in a temporary folder.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> settings;
    private Process? process;

    public ServerProcess(string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        this.folder = folder;
        this.settings = settings ?? new Dictionary<string, string>();
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
    }

    public Uri Address { get; }

    public int Id => process!.Id;

    public string StoreFile => Path.Combine(folder, "chat.db");

    public string LogFile => Path.Combine(folder, "server.log");

    /// <summary>Starts and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Chat.Hub.dll"), "--contentRoot", folder, "--urls", Address.ToString()])
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Chat__Store__Path"] = StoreFile;
        foreach (var (key, value) in settings) start.Environment[key] = value;

        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
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
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
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

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (http) File.AppendAllText(LogFile, line.Data + "\n");
    }
}
