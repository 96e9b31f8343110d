using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Chat.Bench.Servers;

/// <summary>
/// The real nginx with the very files of production (the folder nginx/ of the repository) before some nodes, on free ports
/// of the loopback address. Only addresses, paths and limits are filled in.
/// </summary>
internal sealed partial class NginxServer : IAsyncDisposable
{
    private readonly string folder;
    private readonly int plainPort = Ports.Free();
    private readonly int port = Ports.Free();
    private readonly SelfSigned certificate = SelfSigned.Make("localhost");
    private readonly Dictionary<string, string> settings;
    private ChildProcess? process;

    /// <param name="folder">Made if missing, and opened to nginx's workers, which are not root.</param>
    /// <param name="limits">In place of the template's variables, such as CHAT_CONNECTIONS_PER_ADDRESS; by default next to none, since all clients share an address here.</param>
    public NginxServer(string folder, params (string Name, int Value)[] limits)
    {
        this.folder = folder;
        settings = new()
        {
            ["CHAT_HTTP"] = $"127.0.0.1:{plainPort}",
            ["CHAT_HTTPS"] = $"127.0.0.1:{port}",
            ["CHAT_PUBLIC_PORT"] = $"{port}",
            ["CHAT_CERTIFICATES"] = folder,
            ["CHAT_ACCESS_LOG"] = AccessLog,
            ["CHAT_CACHE"] = Path.Combine(folder, "cache"),
            ["CHAT_CONNECTIONS_PER_ADDRESS"] = "60000",
            ["CHAT_REQUESTS_PER_SECOND"] = "60000",
            ["CHAT_SIGN_INS_PER_MINUTE"] = "60000",
        };
        foreach (var (name, value) in limits) settings[name] = $"{value}";
    }

    /// <summary>Where clients go: https.</summary>
    public Uri Address => new($"https://127.0.0.1:{port}");

    /// <summary>Where only the way to <see cref="Address"/> is told: http.</summary>
    public Uri PlainAddress => new($"http://127.0.0.1:{plainPort}");

    public int Id => process!.Id;

    public string AccessLog => Path.Combine(folder, "access.log");

    public string ErrorLog => Path.Combine(folder, "error.log");

    /// <summary>The certificate in PEM, for NODE_EXTRA_CA_CERTS and the like.</summary>
    public string CertificateFile => Path.Combine(folder, "fullchain.pem");

    /// <summary>Takes this server's certificate and no other: for HttpClientHandler and ClientWebSocket.</summary>
    public bool Trusts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) => certificate.Is(shown);

    /// <summary>A handler for HTTP that trusts this server.</summary>
    public HttpClientHandler Handler() => new() { ServerCertificateCustomValidationCallback = (_, shown, _, _) => certificate.Is(shown), AllowAutoRedirect = false };

    /// <summary>Starts before these nodes, and waits until it answers.</summary>
    public async Task StartAsync(IReadOnlyList<Uri> nodes, CancellationToken cancellation = default)
    {
        Write(nodes);
        process = ChildProcess.Start(
            "nginx", ["-c", Path.Combine(folder, "nginx.conf"), "-p", folder, "-g", $"daemon off; pid {folder}/nginx.pid;"], ErrorLog);
        using var http = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await AnswersAsync(http, limit.Token))
        {
            if (process.HasExited) throw new InvalidOperationException($"nginx ended with {process.ExitCode}: {File.ReadAllText(ErrorLog)}");
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Takes its files again, with other nodes if given: new workers, while the old ones go on with the connections they have.</summary>
    public async Task ReloadAsync(IReadOnlyList<Uri>? nodes = null, CancellationToken cancellation = default)
    {
        if (nodes is not null) WriteNodes(nodes);
        var before = Workers();
        process!.Signal("HUP");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!Workers().Except(before).Any()) await Task.Delay(20, limit.Token);
    }

    /// <summary>Ends at once: connections are cut off.</summary>
    public async Task StopAsync()
    {
        process!.Signal("TERM");
        await process.EndAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        certificate.Dispose();
    }

    private void Write(IReadOnlyList<Uri> nodes)
    {
        Directory.CreateDirectory(Path.Combine(folder, "cache"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_001_001);
        var files = Path.Combine(AppContext.BaseDirectory, "nginx");
        foreach (var file in Directory.GetFiles(files, "*.conf", SearchOption.AllDirectories))
            Put(Path.GetRelativePath(files, file), File.ReadAllText(file));
        Put("conf.d/chat.conf", Variable().Replace(File.ReadAllText(Path.Combine(files, "templates", "chat.conf.template")), match => settings[match.Groups[1].Value]));
        WriteNodes(nodes);
        certificate.Write(CertificateFile, Path.Combine(folder, "privkey.pem"));
    }

    // The options of each server stay as they are in production.
    private void WriteNodes(IReadOnlyList<Uri> nodes)
    {
        var options = Server().Match(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "nginx", "chat", "nodes.conf"))).Groups[1].Value;
        Put("chat/nodes.conf", string.Concat(nodes.Select(node => $"server {node.Host}:{node.Port}{options};\n")));
    }

    private void Put(string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string[] Workers() => File.ReadAllText($"/proc/{process!.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(PlainAddress, "/health/proxy"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\$\{(CHAT_[A-Z_]+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^server \S+(.*);", RegexOptions.Multiline)]
    private static partial Regex Server();
}
