using Chat.Client;

namespace Chat.Tests.Client;

public sealed class ClientOptionsTests
{
    private static readonly Uri Server = new("http://localhost");

    public static TheoryData<string, string, ChatClientOptions> Wrong => new()
    {
        { "Server", "absolute", new() { Server = new Uri("chat", UriKind.Relative) } },
        { "Server", "http", new() { Server = new Uri("ftp://localhost") } },
        { "ClientName", "200 characters", new() { Server = Server, ClientName = new string('x', 201) } },
        { "MessagesKept", "1 message", new() { Server = Server, MessagesKept = 0 } },
        { "FirstBackoff", "seconds", new() { Server = Server, FirstBackoff = TimeSpan.Zero } },
        { "LongestBackoff", "seconds", new() { Server = Server, LongestBackoff = TimeSpan.FromSeconds(0.1) } },
        { "KeepAlive", "seconds", new() { Server = Server, KeepAlive = TimeSpan.FromSeconds(-1) } },
        { "PingInterval", "seconds", new() { Server = Server, PingInterval = TimeSpan.Zero } },
        { "ServerTimeout", "seconds", new() { Server = Server, ServerTimeout = TimeSpan.FromSeconds(10) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_makes_no_sense_is_refused_by_its_name_before_anything_is_made(string option, string unit, ChatClientOptions options)
    {
        var making = () => new ChatClient(options);
        making.Should().Throw<ArgumentException>().WithParameterName(option).WithMessage($"*{option}*{unit}*");
    }
}
