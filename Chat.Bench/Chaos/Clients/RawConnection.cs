using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Bench.Chaos.Clients;

/// <summary>A bare SignalR connection to one node, made again whenever it is lost, that repeats nothing by itself.</summary>
internal sealed class RawConnection(Uri node, SignedIn signedIn) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private HubConnection? connection;

    /// <summary>Whether it is attached.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Stays connected until the end.</summary>
    public async Task LiveAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await ServeAsync(stopping);
                await Task.Delay(Pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The run ends.
        }
    }

    /// <summary>Asks once. Null: nobody knows what became of it.</summary>
    public async Task<TReply?> AskAsync<TReply>(string method, object request, CancellationToken cancellation) where TReply : class
    {
        try
        {
            return IsUp ? await connection!.InvokeAsync<TReply>(method, request, cancellation) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        await using var made = Make();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        made.Closed += _ =>
        {
            IsUp = false;
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        // Moves when it is asked to: one that stayed would make every deploy last as long as the grace.
        made.On<Draining>(nameof(IChatClient.Draining), _ => ended.TrySetResult());
        try
        {
            await made.StartAsync(stopping);
            connection = made;
            var reply = await made.InvokeAsync<Reply<Connected>>(nameof(IChatHub.Connect), new Connect { ContractVersion = ChatContract.Version }, stopping);
            IsUp = reply.Result is not null;
            if (IsUp) await ended.Task.WaitAsync(stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // The node is away: again.
        }
        finally
        {
            IsUp = false;
        }
    }

    private HubConnection Make() => new HubConnectionBuilder()
        .WithUrl(new Uri(node, ChatPaths.Hub), options => options.AccessTokenProvider = () => Task.FromResult<string?>(signedIn.AccessToken))
        .AddJsonProtocol(options => options.PayloadSerializerOptions = ChatJson.Options)
        .Build();
}
