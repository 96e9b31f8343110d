using System.Diagnostics;
using Npgsql;

namespace Chat.Bench.Servers;

/// <summary>
/// A real PostgreSQL on a free port of the loopback address with its data in a folder, that can be stopped and started
/// again. Its programs refuse to run as root: then they run as the user postgres.
/// </summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly string[] AsPostgres =
        Environment.UserName is "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private readonly string folder;
    private readonly string data;
    private ChildProcess? process;

    /// <param name="folder">Made if missing; its parents must be open to the user postgres.</param>
    public PostgreSqlServer(string folder)
    {
        this.folder = folder;
        data = Path.Combine(folder, "data");
        Port = Ports.Free();
    }

    public int Port { get; }

    public int Id => process!.Id;

    /// <summary>For Npgsql: as the owner of everything, without a password.</summary>
    public string Connection(string database = "postgres") => $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}";

    /// <summary>Makes the data folder the first time, starts, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        if (!Directory.Exists(data)) await MakeAsync(cancellation);
        var command = (string[])[.. AsPostgres, Program("postgres"), "-D", data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}", "-c", "max_connections=300"];
        process = ChildProcess.Start(command[0], command[1..], Path.Combine(folder, "postgres.log"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await AnswersAsync(limit.Token))
        {
            if (process.HasExited) throw new InvalidOperationException($"PostgreSQL ended with {process.ExitCode}: see {folder}/postgres.log.");
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Makes an empty database and answers the connection string.</summary>
    public async Task<string> AddDatabaseAsync(string name)
    {
        await RunAsync($"create database \"{name}\"");
        return Connection(name);
    }

    /// <summary>Runs a statement.</summary>
    public async Task RunAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(Connection(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends it as a crash would (immediate shutdown: no checkpoint, clients cut off), recovery at the next start.</summary>
    public async Task CrashAsync()
    {
        process!.Signal("QUIT");
        await process.EndAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>A restart as an operator does it: clients are cut off, the data is flushed.</summary>
    public async Task StopAsync()
    {
        process!.Signal("INT");
        await process.EndAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        if (!process.HasExited) await CrashAsync();
        await process.DisposeAsync();
    }

    /// <summary>PostgreSQL's own programs: on the path, or where Debian keeps them.</summary>
    private static string Program(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")) : [])
            .Select(place => Path.Combine(place, name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{name} is missing: apt-get install postgresql.");

    private async Task MakeAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        if (AsPostgres.Length > 0)
        {
            using var own = Process.Start("chown", ["postgres", folder]);
            await own.WaitForExitAsync(cancellation);
        }
        var command = (string[])[.. AsPostgres, Program("initdb"), "-D", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        await using var made = ChildProcess.Start(command[0], command[1..], Path.Combine(Path.GetTempPath(), $"initdb-{Port}.log"));
        await made.EndAsync(TimeSpan.FromSeconds(120));
        if (made.ExitCode is not 0) throw new InvalidOperationException($"initdb ended with {made.ExitCode}.");
        File.Delete(Path.Combine(Path.GetTempPath(), $"initdb-{Port}.log"));
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(Connection() + ";Pooling=false");
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
