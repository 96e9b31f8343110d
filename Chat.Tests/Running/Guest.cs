using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Chat.Client.Connecting;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Running;

/// <summary>Which protocol a test speaks.</summary>
public enum Wire
{
    Json,
    MessagePack,
}

/// <summary>A bare SignalR connection of somebody: every call and event as it is on the wire, without the typed client's care.</summary>
public sealed class Guest : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Name, object Value)> heard = [];
    private readonly ConcurrentDictionary<Waiter, byte> waiters = [];

    public Guest(Uri server, SignedIn signedIn, Wire wire, Action<HttpConnectionOptions>? configure = null)
    {
        SignedIn = signedIn;
        Connection = Build(server, signedIn.AccessToken, wire, configure);
        Listen<Message>(nameof(IChatClient.MessageChanged));
        Listen<Member>(nameof(IChatClient.MemberChanged));
        Listen<Room>(nameof(IChatClient.RoomChanged));
        Listen<TypingNotice>(nameof(IChatClient.TypingChanged));
        Listen<PresenceNotice>(nameof(IChatClient.PresenceChanged));
        Listen<ReadMarker>(nameof(IChatClient.ReadMarkerMoved));
        Listen<RoomDeleted>(nameof(IChatClient.RoomDeleted));
        Listen<Reader>(nameof(IChatClient.ReaderMoved));
        Listen<Invitation>(nameof(IChatClient.InvitationGiven));
        Listen<InvitationEnded>(nameof(IChatClient.InvitationEnded));
        Listen<StreamChunk>(nameof(IChatClient.StreamChunked));
        Listen<Heads>(nameof(IChatClient.HeadsAnnounced));
        Listen<Notice>(nameof(IChatClient.NoticeGiven));
        Listen<SessionRevoked>(nameof(IChatClient.SessionRevoked));
        Listen<Closing>(nameof(IChatClient.Closing));
        Listen<Draining>(nameof(IChatClient.Draining));
    }

    public SignedIn SignedIn { get; }

    public User User => SignedIn.User;

    public HubConnection Connection { get; }

    /// <summary>The hub's methods.</summary>
    public IChatHub Hub => new HubProxy(Connection, default);

    public Connected Connected { get; private set; } = null!;

    public IEnumerable<T> Heard<T>() => heard.Select(entry => entry.Value).OfType<T>();

    public static HubConnection Build(Uri server, string token, Wire wire, Action<HttpConnectionOptions>? configure = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(server.AbsoluteUri.TrimEnd('/') + ChatPaths.Hub), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                configure?.Invoke(options);
            });
        return (wire is Wire.Json
            ? builder.AddJsonProtocol(options => options.PayloadSerializerOptions = ChatJson.Options)
            : builder.AddMessagePackProtocol(options => options.SerializerOptions = ChatMessagePack.Options)).Build();
    }

    public async Task Start(Connect? connect = null)
    {
        await Connection.StartAsync();
        var reply = await Call<Reply<Connected>>(nameof(IChatHub.Connect), connect ?? new Connect { ContractVersion = ChatContract.Version });
        Connected = reply.Result ?? throw new InvalidOperationException($"{reply.Error}");
    }

    public Task<T> Call<T>(string method, object request) => Connection.InvokeAsync<T>(method, request);

    public async Task<Message> Send(Guid roomId, string text, Guid? id = null)
    {
        var reply = await Call<Reply<Message>>(nameof(IChatHub.SendMessage), new SendMessage { RoomId = roomId, Text = text, ClientMessageId = id ?? Guid.NewGuid() });
        return reply.Result ?? throw new InvalidOperationException($"{reply.Error}");
    }

    /// <summary>The first event, heard already or yet to come, that fits.</summary>
    public async Task<T> Hears<T>(Func<T, bool> fits, TimeSpan? within = null, [CallerArgumentExpression(nameof(fits))] string what = "")
    {
        var waiter = new Waiter(value => value is T event_ && fits(event_));
        waiters.TryAdd(waiter, 0);
        try
        {
            foreach (var known in Heard<T>())
            {
                if (fits(known)) return known;
            }
            return (T)await waiter.Found.Task.WaitAsync(within ?? TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{User.Name} did not hear {typeof(T).Name} {what}; heard {string.Join(", ", heard.Select(entry => entry.Name))}.");
        }
        finally
        {
            waiters.TryRemove(waiter, out _);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private void Listen<T>(string name) where T : class => Connection.On<T>(name, value =>
    {
        heard.Enqueue((name, value));
        foreach (var (waiter, _) in waiters)
        {
            if (waiter.Fits(value)) waiter.Found.TrySetResult(value);
        }
    });

    private sealed record Waiter(Func<object, bool> Fits)
    {
        public TaskCompletionSource<object> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
