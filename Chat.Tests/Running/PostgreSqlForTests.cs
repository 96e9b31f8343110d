using System.Diagnostics;
using Chat.Bench.Servers;

namespace Chat.Tests.Running;

/// <summary>A real PostgreSQL with its data in a folder that is gone afterwards, also when the tests are killed.</summary>
internal sealed class PostgreSqlForTests : IAsyncDisposable
{
    // Waits for its end: it would write into the folder while that is removed.
    private const string Bury = """
        read _
        postgres=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null) && kill -QUIT $postgres && while kill -0 $postgres; do sleep 0.1; done
        rm -rf "$0"
        """;

    private static readonly Lazy<Task<PostgreSqlForTests>> Shared = new(Start);

    private readonly string folder;
    private readonly Process undertaker;

    private PostgreSqlForTests(string folder)
    {
        this.folder = folder;
        Server = new PostgreSqlServer(folder);
        // Its input ends with this process, however that ends; in a session of its own, so that it is not killed along.
        undertaker = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Bury, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
    }

    public PostgreSqlServer Server { get; }

    /// <summary>One for a test that stops it.</summary>
    public static async Task<PostgreSqlForTests> Start()
    {
        var own = Prepare();
        await own.Server.StartAsync();
        return own;
    }

    /// <summary>One for a test that starts it.</summary>
    // Not below a temporary folder: those are closed to the user postgres.
    public static PostgreSqlForTests Prepare() => new(Directory.CreateDirectory($"/tmp/chat-pg-{Guid.NewGuid():N}").FullName);

    /// <summary>A new empty database of the one PostgreSQL of the whole test run: its connection string.</summary>
    public static async Task<string> NewDatabase()
    {
        var shared = await Shared.Value;
        var name = $"test_{Guid.NewGuid():N}";
        // It sorts as people do, not by bytes: nothing may depend on that.
        await shared.Server.RunAsync($"create database {name} template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US'");
        return shared.Server.Connection(name) + ";Maximum Pool Size=8";
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        undertaker.StandardInput.Close();
        await undertaker.WaitForExitAsync();
        undertaker.Dispose();
    }
}
