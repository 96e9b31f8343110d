using System.Net;
using System.Net.Sockets;
using Chat.Contracts;

namespace Chat.Tests.Nginx;

/// <summary>What nginx says and hides by itself.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData(ChatPaths.Info, HttpStatusCode.OK)]
    [InlineData(ChatPaths.Hub + "/negotiate", HttpStatusCode.Unauthorized)]
    [InlineData("/metrics", HttpStatusCode.NotFound)]
    [InlineData("/nothing.png", HttpStatusCode.NotFound)]
    public async Task Each_security_header_is_there_once(string path, HttpStatusCode status)
    {
        await using var cluster = await Cluster.Start();
        using var http = cluster.Http();
        using var answer = path.EndsWith("negotiate", StringComparison.Ordinal) ? await http.PostAsync(path, null) : await http.GetAsync(path);
        answer.StatusCode.Should().Be(status);
        foreach (var name in (string[])["Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Content-Security-Policy", "X-Request-Id"])
            answer.Headers.NonValidated[name].Should().ContainSingle($"of {name}");
        answer.Headers.Server.ToString().Should().Be("nginx", "without its version");
    }

    [Fact]
    public async Task Assets_of_the_page_are_compressed_and_cached_for_ever_and_the_page_is_not()
    {
        await using var cluster = await Cluster.Start();
        using var http = cluster.Http();
        var page = await http.GetAsync("/");
        page.Headers.CacheControl!.NoCache.Should().BeTrue();
        var script = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(), "assets/[^\"]+\\.js").Value;
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        for (var i = 0; i < 2; i++)
        {
            var asset = await http.GetAsync(script);
            asset.Headers.CacheControl!.ToString().Should().Be("public, max-age=31536000, immutable");
            asset.Content.Headers.ContentEncoding.Should().Equal("gzip");
        }
        var lines = (await File.ReadAllLinesAsync(cluster.Nginx.AccessLog)).Where(line => line.Contains("/assets/")).ToList();
        lines.Should().HaveCount(2).And.ContainSingle(line => line.Contains("\"node\":\"\""), "the second came from the cache");
    }

    [Fact]
    public async Task Plain_HTTP_only_tells_the_way_to_HTTPS()
    {
        await using var cluster = await Cluster.Start();
        using var http = cluster.Http();
        using var answer = await http.GetAsync(new Uri(cluster.Nginx.PlainAddress, "/rooms?x=1"));
        answer.StatusCode.Should().Be(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location.Should().Be(new Uri(cluster.Nginx.Address, "/rooms?x=1"));
    }

    [Fact]
    public async Task HTTP_2_is_spoken()
    {
        await using var cluster = await Cluster.Start();
        using var http = cluster.Http();
        http.DefaultRequestVersion = HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        (await http.GetAsync(ChatPaths.Info)).Version.Should().Be(HttpVersion.Version20);
    }

    [Fact]
    public async Task TLS_1_1_is_refused_and_1_2_is_not()
    {
        const byte Alert = 21, Handshake = 22, ProtocolVersion = 70;
        await using var cluster = await Cluster.Start();
        (await Greet(cluster, 0x02)).Should().StartWith([Alert]).And.EndWith([ProtocolVersion]);
        (await Greet(cluster, 0x03)).Should().StartWith([Handshake]);
    }

    [Fact]
    public async Task A_claimed_address_is_overwritten()
    {
        await using var cluster = await Cluster.Start();
        // Another address than that of nginx, so that it cannot be the node's own doing.
        using var http = new HttpClient(From("127.0.0.2", cluster)) { BaseAddress = cluster.Nginx.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        (await http.GetStringAsync("/seen")).Should().Be($"127.0.0.2 https {cluster.Nginx.Address.Authority}");
    }

    private static SocketsHttpHandler From(string address, Cluster cluster) => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = cluster.Nginx.Trusts },
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>The first record that answers a greeting in TLS 1.<paramref name="minor"/>−1: today's libraries refuse to send an old one.</summary>
    private static async Task<byte[]> Greet(Cluster cluster, byte minor)
    {
        // ECDHE-ECDSA-AES128-GCM-SHA256 and ECDHE-ECDSA-AES128-SHA, no compression, P-256, ECDSA with SHA-256.
        byte[] extensions = [0, 10, 0, 4, 0, 2, 0, 0x17, 0, 13, 0, 4, 0, 2, 4, 3];
        byte[] hello = [3, minor, .. new byte[32], 0, 0, 4, 0xC0, 0x2B, 0xC0, 0x09, 1, 0, 0, (byte)extensions.Length, .. extensions];
        byte[] message = [1, 0, 0, (byte)hello.Length, .. hello];
        using var client = new TcpClient();
        await client.ConnectAsync(cluster.Nginx.Address.Host, cluster.Nginx.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[22, 3, 1, 0, (byte)message.Length, .. message]);
        var head = new byte[5];
        await stream.ReadExactlyAsync(head);
        var body = new byte[(head[3] << 8) | head[4]];
        await stream.ReadExactlyAsync(body);
        return [.. head, .. body];
    }
}
