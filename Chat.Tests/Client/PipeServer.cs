using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Client;

/// <summary>The other end of a real <see cref="HubConnection"/>, without a network: it shakes hands and says what it is told to, in JSON.</summary>
internal sealed class PipeServer : IConnectionFactory, IAsyncDisposable
{
    private const char EndOfRecord = '\u001e';

    private readonly Pipe toClient = new();
    private readonly Pipe toServer = new();

    public HubConnection Connection()
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(this);
        builder.Services.AddSingleton<EndPoint>(new IPEndPoint(IPAddress.Loopback, 1));
        return builder.Build();
    }

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        await SendAsync("{}");
        return new DefaultConnectionContext("pipe", new Duplex(toClient.Reader, toServer.Writer), new Duplex(toServer.Reader, toClient.Writer));
    }

    public async Task SendAsync(string record) => await toClient.Writer.WriteAsync(Encoding.UTF8.GetBytes(record + EndOfRecord));

    public async ValueTask DisposeAsync()
    {
        await toClient.Writer.CompleteAsync();
        await toServer.Reader.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
