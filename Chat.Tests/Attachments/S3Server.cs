using System.Diagnostics;
using System.Globalization;
using Chat.Tests.Running;

namespace Chat.Tests.Attachments;

/// <summary>A server that speaks like S3 (s3rver, by Node) and checks every signature, in a folder of its own.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    private static readonly Lazy<Task> Installed = new(Install);

    private readonly TemporaryFolder folder;
    private readonly Process process;

    private S3Server(TemporaryFolder folder, Process process, int port) => (this.folder, this.process, Endpoint) = (folder, process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Endpoint { get; }

    /// <summary>The objects that are there.</summary>
    public int Objects => Directory.Exists(folder.File("files")) ? Directory.GetFiles(folder.File("files"), "*_object", SearchOption.AllDirectories).Length : 0;

    public (string, string)[] Settings =>
    [
        ("Chat:Attachments:S3:Endpoint", Endpoint.AbsoluteUri), ("Chat:Attachments:S3:Bucket", "files"),
        ("Chat:Attachments:S3:Key", "S3RVER"), ("Chat:Attachments:S3:Secret", "S3RVER"), ("Chat:Attachments:S3:Prefix", "chat/"),
    ];

    public (string, string)[] SettingsBut(string name, string value) =>
        [.. Settings.Select(setting => setting.Item1.EndsWith($":{name}", StringComparison.Ordinal) ? (setting.Item1, value) : setting)];

    public static async Task<S3Server> Start()
    {
        await Installed.Value;
        var folder = new TemporaryFolder();
        var process = Process.Start(Node("node", "server.mjs", folder.Path))!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return new S3Server(folder, process, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    private static async Task Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "s3rver"))) return;
        using var npm = Process.Start(Node("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"))!;
        await npm.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await npm.WaitForExitAsync();
        if (npm.ExitCode is not 0) throw new InvalidOperationException($"npm ci in {Folder} ended with {npm.ExitCode}.");
    }

    private static string Folder => Repository.File("Chat.Tests", "Attachments", "s3");

    private static ProcessStartInfo Node(string program, params string[] arguments) =>
        new(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
}
