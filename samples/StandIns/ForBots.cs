using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Client;

internal static class ForBots
{
    public static IServiceCollection AddChatClient(this IServiceCollection services, Func<IServiceProvider, ChatClientOptions> options) =>
        services.AddSingleton(provider => new ChatClient(options(provider))).AddHostedService<Runner>();

    public static IAsyncEnumerable<Message> MessagesAsync(this ChatClient chat, CancellationToken ct)
    {
        var news = Channel.CreateUnbounded<Message>();
        chat.RoomAdded += (_, room) => room.MessageChanged += (_, message) => { if (message.Version == message.Seq) news.Writer.TryWrite(message); };
        return news.Reader.ReadAllAsync(ct);
    }

    private sealed class Runner(ChatClient chat) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => chat.StartAsync(stoppingToken);
    }
}
