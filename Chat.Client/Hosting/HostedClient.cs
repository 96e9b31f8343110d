using Microsoft.Extensions.Hosting;

namespace Chat.Client.Hosting;

/// <summary>Starts a client with the host, not waiting for a server, and stops it with the host.</summary>
internal sealed class HostedClient(ChatClient client) : IHostedService
{
    private Task running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await client.StopAsync(cancellationToken).ConfigureAwait(false);
        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Never throws: what became of it is the client's state.
    private async Task RunAsync()
    {
        try
        {
            await client.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            client.LogFailedStart(e);
        }
    }
}
