using Chat.Client.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Client;

/// <summary>Chat in programs that run in a host.</summary>
public static class ChatClientServices
{
    /// <summary>
    /// Adds one <see cref="ChatClient"/>, which starts with the host and stops with it. The host's start does not wait for a server:
    /// <see cref="ChatClient.WaitUntilConnectedAsync"/> does. Logs and the clock come from the host, unless the options name others.
    /// </summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="options">Makes the options; asked once.</param>
    public static IServiceCollection AddChatClient(this IServiceCollection services, Func<IServiceProvider, ChatClientOptions> options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(provider => new ChatClient(options(provider).CompletedBy(provider)));
        services.AddSingleton<IHostedService>(provider => new HostedClient(provider.GetRequiredService<ChatClient>()));
        return services;
    }
}
